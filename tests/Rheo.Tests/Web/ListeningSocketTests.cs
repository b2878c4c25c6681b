using System.Net;
using System.Net.Sockets;
using System.Text;
using Rheo.Web;
using Xunit;

namespace Rheo.Tests.Web;

/// <summary>A server that leaves its socket to the version that follows.</summary>
public sealed class ListeningSocketTests
{
    [Fact]
    public async Task WhoHasConnectedAndNotYetAskedIsAnswered()
    {
        var (server, client) = await Connected();
        using var connected = client;

        server.Leave();
        var ended = server.DisposeAsync();
        await client.GetStream().WriteAsync("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray());
        var answer = await new StreamReader(client.GetStream(), Encoding.ASCII).ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 200 OK", answer, StringComparison.Ordinal);
        await ended;
    }

    [Fact]
    public async Task WhoNeverAsksIsNotWaitedFor()
    {
        var (server, client) = await Connected();
        using var connected = client;

        server.Leave();
        await server.DisposeAsync();

        Assert.Equal(0, await client.GetStream().ReadAsync(new byte[1]));
    }

    // The server has the connection, and has read nothing from it.
    private static async Task<(WebServer Server, TcpClient Client)> Connected()
    {
        var server = await WebServer.Start(new IPEndPoint(IPAddress.Loopback, 0), SomeContent.Of(() => null), new WebAccess());
        var client = new TcpClient();
        await client.ConnectAsync(server.Address);
        while (server.Use.Connections == 0)
            await Task.Yield();
        return (server, client);
    }
}
