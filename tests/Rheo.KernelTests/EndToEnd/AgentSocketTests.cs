using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Rheo.KernelTests.Links;
using Xunit;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>The same traffic, seen by a command through an agent and by one with programs of its own.</summary>
public sealed class AgentSocketTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rheo-t-").FullName;

    // The core, which serves, is another user: the folder is made for it, in one that it may pass through.
    private string Path => System.IO.Path.Combine(_folder, "own", "rheo.sock");

    public AgentSocketTests() => File.SetUnixFileMode(_folder, (UnixFileMode)0x1ed); // 0755

    [RootTheory]
    [InlineData("")]
    [InlineData("-i left")]
    [InlineData("-i lo not port 9460")]
    public void TheOutputIsTheSameWithAndWithoutAnAgent(string more)
    {
        var (left, right) = TestNamespace.CreatePair();
        using var first = left;
        using var second = right;
        using var talk = new TcpTalk(right, left, "10.9.9.1");
        using var agent = RheoProcess.StartAgent(left, "--socket", Path);
        left.Ping(); // before they watch: none of theirs
        talk.Exchange();

        string[] words = ["flows", "--duration", "4s", "-o", "json", .. more.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        using var through = RheoProcess.Start(left, [.. words, "--agent", Path]);
        using var alone = RheoProcess.Start(left, [.. words, "--agent", "never"]);
        through.AwaitMessage("through the agent");
        alone.AwaitMessage("watching");
        for (var turn = 0; turn < 20; turn++)
            talk.Exchange();
        left.Ping(count: 5);
        left.Run(SayOverLoopback);

        Assert.Equal(0, through.WaitForExit());
        Assert.Equal(0, alone.WaitForExit());
        var expected = Lines(alone.Output);
        Assert.NotEmpty(expected);
        Assert.Equal(expected, Lines(through.Output));
    }

    [RootFact]
    public void WhoMayNotAskTheAgentIsToldWhoMay()
    {
        using var space = TestNamespace.Create();
        using var agent = RheoProcess.StartAgent(space, "--socket", Path);
        using var flows = RheoProcess.StartCommand(
            space, ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", .. RheoProcess.Command, "flows", "--duration", "100ms", "--agent", Path]);

        Assert.Equal(1, flows.WaitForExit());
        Assert.Contains("may be used by root and by the agent's own user alone; try sudo", flows.Errors, StringComparison.Ordinal);
    }

    [RootFact]
    public void TheLiveViewWatchesThroughTheAgentToo()
    {
        using var space = TestNamespace.Create();
        using var agent = RheoProcess.StartAgent(space, "--socket", Path);
        using var top = RheoProcess.Start(space, "top", "--frames", "3", "--agent", Path);
        for (; !top.HasExited; Thread.Sleep(100)) // whenever it begins to watch
            space.Run(SayOverLoopback);

        Assert.Equal(0, top.WaitForExit());
        Assert.Contains("127.0.0.1", top.Output, StringComparison.Ordinal);
    }

    [RootFact]
    public void WhenTheAgentIsKilledWhatWasSeenIsPrintedAndTheExitCodeIs1()
    {
        using var space = TestNamespace.Create();
        using var agent = RheoProcess.StartAgent(space, "--socket", Path);
        using var flows = RheoProcess.Start(space, "flows", "--duration", "1m", "-o", "csv", "--agent", Path);
        flows.AwaitMessage("through the agent");
        space.Run(SayOverLoopback);
        Thread.Sleep(1500); // the agent's next scan
        agent.KillAtOnce();

        Assert.Equal(1, flows.WaitForExit());
        Assert.Contains("127.0.0.1", flows.Output, StringComparison.Ordinal);
        Assert.Contains("what was seen until then is printed", flows.Errors, StringComparison.Ordinal);
    }

    [RootFact]
    public void AReaderThatStopsReadingIsDroppedAndTheAgentGoesOn()
    {
        using var space = TestNamespace.Create();
        using var agent = RheoProcess.StartAgent(space, "--socket", Path, "--scan-interval", "50ms");
        using var reader = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        reader.Connect(new UnixDomainSocketEndPoint(Path));
        reader.Send("GET /api/v1/stream?interval_ms=100 HTTP/1.0\r\n\r\n"u8.ToArray());
        agent.AwaitMetrics(page => page.Sum("rheo_streams") > 0);

        var page = space.Run(() => AwaitDrop(agent));

        Assert.Equal(1UL, page.Sum("rheo_streams_dropped_total"));
        Assert.Equal(0, agent.End());
        Assert.False(Directory.Exists(System.IO.Path.GetDirectoryName(Path)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Each datagram from a port of its own is a flow, and a record in the journal: it fills the buffers on the way, and then stands still.
    private static MetricsPage AwaitDrop(RheoProcess agent)
    {
        for (var round = 0; round < 30; round++)
        {
            for (var port = 20_000; port < 24_000; port++)
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
                socket.SendTo([1], new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, port));
            }

            var page = agent.AwaitMetrics(_ => true);
            if (page.Sum("rheo_streams_dropped_total") > 0)
                return page;
            Thread.Sleep(500);
        }

        return agent.AwaitMetrics(_ => true);
    }

    private static void SayOverLoopback()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        for (var turn = 0; turn < 5; turn++)
            socket.SendTo(Encoding.ASCII.GetBytes("hello"), socket.LocalEndPoint!);
    }

    // All but the times and the round trip, which two programs on one hook cannot see alike to the nanosecond.
    private static string[] Lines(string output) =>
    [
        .. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
        {
            var flow = JsonDocument.Parse(line).RootElement;
            var tcp = flow.TryGetProperty("tcp", out var found) ? $"{found.GetProperty("state")} {found.GetProperty("flags")} {found.TryGetProperty("handshake_rtt_us", out _)}" : "";
            return string.Join(' ', flow.GetProperty("source"), flow.GetProperty("destination"), flow.GetProperty("network"), flow.GetProperty("bytes"),
                flow.GetProperty("packets"), flow.GetProperty("initiator"), flow.TryGetProperty("ended", out var ended) ? ended : "", tcp);
        }).Order(StringComparer.Ordinal),
    ];
}
