using System.Net;
using System.Net.Sockets;
using System.Text;
using Rheo.KernelTests.Links;
using Rheo.KernelTests.Page;
using Xunit;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>Clients that are slow, huge and many: they cost a bounded amount of memory, and the capture does not feel them.</summary>
public sealed class GreedyClientTests
{
    private const int MostGrowthKilobytes = 32 * 1024;

    [RootFact]
    public void SlowHugeAndManyClientsCostLittleAndTheBooksStillBalance()
    {
        var (left, right) = TestNamespace.CreatePair();
        using var host = left;
        using var other = right;
        using var agent = RheoProcess.StartAgent(host, "--interface", "left");
        using var talk = new Chatter(host, other, "10.9.9.2", Enumerable.Range(10_000, 50).Select(port => (port, 2000)));
        SendFromManyPorts(host, 20_000);
        host.Run(() => Ask("/api/v1/flows?limit=10000"));
        Thread.Sleep(1500);
        var before = agent.ResidentKilobytes();

        var sockets = new List<Socket>();
        var greatest = host.Run(() => Attack(agent, sockets));
        sockets.ForEach(socket => socket.Dispose());

        TestContext.Current.SendDiagnosticMessage($"resident {before} KiB, at most {greatest} KiB");
        Assert.InRange(greatest - before, long.MinValue, MostGrowthKilobytes);
        var page = agent.AwaitMetrics(page => page.Sum("rheo_conversations") > 20_000);
        Assert.Equal(0UL, page.Sum("rheo_lost_packets_total"));
        Assert.StartsWith("HTTP/1.1 200", host.Run(() => Ask("/api/v1/status")), StringComparison.Ordinal);
        Assert.Equal(0, agent.End());
        Assert.Contains("nothing lost", agent.Errors, StringComparison.Ordinal);
    }

    // Rounds of all kinds at once, so that what one leaves behind meets the next; gives the most that the agent ever held.
    private static long Attack(RheoProcess agent, List<Socket> sockets)
    {
        var greatest = 0L;
        for (var round = 0; round < 25; round++)
        {
            for (var client = 0; client < 12; client++)
            {
                // Big answers that nobody reads, each another question.
                Begin(sockets, $"GET /api/v1/flows?limit=10000&filter=not+port+{round * 12 + client} HTTP/1.1\r\nHost: localhost\r\n\r\n");
                Begin(sockets, "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n");
                // Requests that never end.
                Begin(sockets, "GET / HTTP/1.1\r\nHost: loc");
                Begin(sockets, "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + new string('a', 200_000));
                Begin(sockets, "POST /api/v1/flows HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000000\r\n\r\n" + new string('b', 200_000));
                // A filter as long and dear as fits.
                Begin(sockets, "GET /api/v1/flows?filter=" + string.Join("+or+", Enumerable.Repeat("10.0.0.1", 250)) + $"+or+port+{client} HTTP/1.1\r\nHost: localhost\r\n\r\n");
            }

            greatest = Math.Max(greatest, agent.ResidentKilobytes());
            // Half of them give up, and make room for new ones.
            foreach (var socket in sockets.Where((_, at) => at % 2 == 0).ToArray())
            {
                socket.Dispose();
                sockets.Remove(socket);
            }

            Thread.Sleep(200);
            greatest = Math.Max(greatest, agent.ResidentKilobytes());
        }

        return greatest;
    }

    private static void Begin(List<Socket> sockets, string request)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096, Blocking = false };
        try
        {
            sockets.Add(socket);
            socket.Blocking = true;
            socket.Connect(IPAddress.Loopback, 9460);
            socket.Blocking = false;
            socket.Send(Encoding.ASCII.GetBytes(request));
        }
        catch (SocketException)
        {
            // Refused, which is a proper answer here.
        }
    }

    private static string Ask(string path)
    {
        using var client = new TcpClient();
        client.Connect(IPAddress.Loopback, 9460);
        client.GetStream().Write(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(client.GetStream());
        return reader.ReadToEnd();
    }

    private static void SendFromManyPorts(TestNamespace host, int ports) => host.Run(() =>
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        for (var port = 0; port < ports; port++)
            socket.SendTo([1, 2, 3], new IPEndPoint(IPAddress.Parse("10.9.9.2"), 20_000 + port));
    });
}
