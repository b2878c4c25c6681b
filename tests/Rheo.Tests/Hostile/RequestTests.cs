using System.Net;
using System.Net.Sockets;
using Rheo.Packets;
using Rheo.Tests.Agent;
using Rheo.Tests.Web;
using Rheo.Web;
using Xunit;

namespace Rheo.Tests.Hostile;

/// <summary>Whatever comes over the port and over the socket: a proper refusal or a proper answer, and the next one is served as if nothing had been.</summary>
public sealed class RequestTests : IAsyncLifetime
{
    private readonly ScratchFolder _folder = new();
    private WebServer _port = null!;
    private SocketServer _socket = null!;

    // An answer that is JSON to each good question.
    private static WebContent Content { get; } = SomeContent.Of() with
    {
        Connections = (_, _) => Task.FromResult<Answer?>((output, cancel) => output.WriteAsync("{}"u8.ToArray(), cancel).AsTask()),
    };

    public async ValueTask InitializeAsync()
    {
        _port = await WebServer.Start(new IPEndPoint(IPAddress.Loopback, 0), Content, new WebAccess());
        _socket = await SocketServer.Start(_folder.Socket, Content, new SocketContent
        {
            Stream = (_, _) => Task.FromResult<SocketStream?>(null),
            Scan = _ => Task.FromResult(1UL),
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _port.DisposeAsync();
        await _socket.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public void NoRequestMakesThePortFail() => Send(ConnectPort);

    [Fact]
    public void NoRequestMakesTheSocketFail() => Send(ConnectSocket);

    [Fact]
    public void EachPlaceOfARequestSeesEveryAttack()
    {
        for (var place = 0; place < HostileRequests.Places; place++)
        {
            foreach (var attack in HostileText.Attacks)
            {
                using var client = ConnectPort();
                Check(HostileAnswer.To(client, HostileRequests.At(place, attack)), place, attack);
            }
        }

        AssertServes(ConnectPort);
    }

    [Fact]
    public void WhatIsMuchIsRefusedAndNotRead()
    {
        foreach (var connect in (Func<Socket>[])[ConnectPort, ConnectSocket])
        {
            for (var place = 0; place < HostileRequests.Places; place++)
            {
                foreach (var text in HostileText.Long)
                {
                    using var client = connect();
                    Check(HostileAnswer.To(client, HostileRequests.At(place, text)), place, text);
                }
            }

            AssertServes(connect);
        }
    }

    private static void Send(Func<Socket> connect)
    {
        var answered = 0;
        Parallel.For(0, HostileText.Count, new ParallelOptions { MaxDegreeOfParallelism = 4 }, at =>
        {
            var (place, text) = (at % HostileRequests.Places, HostileText.All[at]);
            using var client = connect();
            var answer = HostileAnswer.To(client, at % 5 == 0 ? HostileRequests.Damaged(place, text, at) : HostileRequests.At(place, text));
            Check(answer, place, text);
            if (answer.Status > 0)
                Interlocked.Increment(ref answered);
        });
        // Else they would have been turned away at the door, and nothing was tried.
        Assert.InRange(answered, HostileText.Count * 9 / 10, HostileText.Count);
        AssertServes(connect);
    }

    private static void AssertServes(Func<Socket> connect) =>
        Assert.True(SpinWait.SpinUntil(() => Serves(connect), TimeSpan.FromSeconds(10)));

    // Those that were cut off count among the connections for a moment.
    private static bool Serves(Func<Socket> connect)
    {
        using var client = connect();
        return HostileAnswer.To(client, "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray()).Status == 200;
    }

    private static void Check(HostileAnswer answer, int place, string text)
    {
        if (answer.Fault() is { } fault)
            Assert.Fail($"place {place}, '{Text.Printable(text[..Math.Min(text.Length, 200)])}': {fault}");
    }

    private Socket ConnectPort()
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(_port.Address);
        return client;
    }

    private Socket ConnectSocket()
    {
        var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(new UnixDomainSocketEndPoint(_folder.Socket));
        return client;
    }
}
