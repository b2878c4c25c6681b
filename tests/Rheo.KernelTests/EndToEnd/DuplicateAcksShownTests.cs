using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rheo.KernelTests.Links;
using Xunit;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>Packets are lost on the way, and the receiver's acknowledgements that tell so are shown with the sender's connection.</summary>
public sealed partial class DuplicateAcksShownTests : IDisposable
{
    private const int Port = 8080;
    private const int Bytes = 4 * 1024 * 1024;

    // An address of its own: connections of all namespaces are seen.
    private readonly string _net = $"10.{Random.Shared.Next(64, 128)}.{Random.Shared.Next(256)}";
    private readonly TestNamespace _left;
    private readonly TestNamespace _right;

    public DuplicateAcksShownTests()
    {
        (_left, _right) = TestNamespace.CreatePair();
        _left.Ip($"address add {_net}.1/24 dev left");
        _right.Ip($"address add {_net}.2/24 dev right");
        _left.Ip("link set left gso_max_segs 1"); // what is dropped is a packet, not a bundle of forty
        _left.Ping(_net + ".2");
    }

    public void Dispose()
    {
        _left.Dispose();
        _right.Dispose();
    }

    [RootFact(Kernel = "5.19")]
    public void TheyAreShownWithTheEndThatTheyWereSentTo()
    {
        using var agent = RheoProcess.StartAgent(_left);
        _left.Execute("nft add table inet rheo");
        _left.Execute("nft add chain inet rheo input { type filter hook input priority 0 ; }");
        _left.Execute("nft add rule inet rheo input tcp option sack exists counter");
        _right.Execute("nft add table inet rheo");
        _right.Execute("nft add chain inet rheo input { type filter hook input priority 0 ; }");
        _right.Execute($"nft add rule inet rheo input tcp dport {Port} numgen random mod 100 < 2 drop");
        using var listener = Listen();
        using var client = Connect();
        using var server = listener.Accept();
        Stream(client, server);

        var withBlocks = uint.Parse(Counter().Match(_left.Execute("nft list ruleset")).Groups[1].Value, CultureInfo.InvariantCulture);
        var (sent, received) = Await(client, atLeast: withBlocks / 2);

        // The others tell of what came twice, or of holes that were filled in part.
        Assert.True(withBlocks > 100, $"only {withBlocks} with SACK blocks");
        Assert.InRange(received, withBlocks / 2, withBlocks);
        Assert.Equal(0u, sent);
        Assert.InRange(agent.AwaitMetrics(_ => true).Sum("rheo_tcp_duplicate_acks_total"), received, withBlocks);
        var port = ((IPEndPoint)client.LocalEndPoint!).Port;
        client.Dispose();
        server.Dispose();
        Assert.Equal(received, Ask(port, "&state=closed").Max());
        Assert.Equal(0, agent.End());
    }

    // What the receiver was sent, and the sender.
    private (uint Server, uint Client) Await(Socket client, uint atLeast)
    {
        var port = ((IPEndPoint)client.LocalEndPoint!).Port;
        for (var watch = System.Diagnostics.Stopwatch.StartNew(); watch.Elapsed.TotalSeconds < 5; Thread.Sleep(100))
        {
            if (Ask(port, "") is [var one, var other] && Math.Max(one, other) >= atLeast)
                return (Math.Min(one, other), Math.Max(one, other));
        }

        throw new TimeoutException($"less than {atLeast} were shown");
    }

    private uint[] Ask(int port, string more)
    {
        Thread.Sleep(1100); // a walk, and the reading before it
        var answer = _left.Run(() => Shell.Run("curl", "-sf", $"http://127.0.0.1:9460/api/v1/connections?filter=port+{port}&all=true{more}"));
        return
        [
            .. JsonDocument.Parse(answer).RootElement.GetProperty("connections").EnumerateArray()
                .Select(row => row.GetProperty("segments").GetProperty("duplicate_acks").GetUInt32()),
        ];
    }

    private static void Stream(Socket client, Socket server)
    {
        var reader = Task.Run(() =>
        {
            var room = new byte[64 * 1024];
            for (var got = 0; got < Bytes;)
                got += server.Receive(room);
        });
        var piece = new byte[64 * 1024];
        for (var sent = 0; sent < Bytes; sent += piece.Length)
            client.Send(piece);
        Assert.True(reader.Wait(TimeSpan.FromSeconds(60)), "not all arrived");
    }

    private Socket Listen() => _right.Run(() =>
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Any, Port));
        listener.Listen(4);
        return listener;
    });

    private Socket Connect() => _left.Run(() =>
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(IPAddress.Parse(_net + ".2"), Port);
        return socket;
    });

    [GeneratedRegex(@"counter packets (\d+)")]
    private static partial Regex Counter();
}
