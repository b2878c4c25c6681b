using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Rheo.KernelTests.Links;
using Xunit;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>The same connections, drops and costs, seen by a command through an agent and by one with programs of its own.</summary>
public sealed class AgentConnectionsTests : IDisposable
{
    private const int Port = 8080;

    // An address of its own: connections of all namespaces are seen, and other tests have the usual one.
    private readonly string _net = $"10.{Random.Shared.Next(64, 128)}.{Random.Shared.Next(256)}";
    private readonly string _folder = Directory.CreateTempSubdirectory("rheo-t-").FullName;
    private readonly TestNamespace _left;
    private readonly TestNamespace _right;

    public AgentConnectionsTests()
    {
        File.SetUnixFileMode(_folder, (UnixFileMode)0x1ed); // 0755
        (_left, _right) = TestNamespace.CreatePair();
        _left.Ip($"address add {_net}.1/24 dev left");
        _right.Ip($"address add {Right}/24 dev right");
        _left.Ping(Right);
    }

    private string Right => _net + ".2";

    private string[] Filter => ["host", Right, "and", "tcp"];

    private string Path => System.IO.Path.Combine(_folder, "own", "rheo.sock");

    [RootTheory(Kernel = "5.12")]
    [InlineData("json", "--all")]
    [InlineData("csv", "--all")]
    [InlineData("wide", "--all")]
    [InlineData("json", "--listening")]
    public void ConnectionsAreTheSameWithAndWithoutAnAgent(string output, string more)
    {
        using var agent = RheoProcess.StartAgent(_left, "--socket", Path);
        using var listener = Listen();
        var (through, alone) = Both(["conns", "--duration", "2m", "-o", output, more, "--sort", "opened", .. Filter]);
        using var first = through;
        using var second = alone;
        using var open = Connect();
        using var accepted = listener.Accept();
        Talk(open, accepted);
        using (var ending = Connect())
        using (var ended = listener.Accept())
            Talk(ending, ended);
        Assert.Throws<SocketException>(() => Connect(Port + 1));

        Thread.Sleep(1000);
        EndWell(through, alone);
        var expected = Stable(alone.Output, output);
        Assert.True(expected.Length > (more == "--all" ? 2 : 0), alone.Output + alone.Errors);
        Assert.Equal(expected, Stable(through.Output, output));
        Assert.Equal(output == "json" && more == "--all", through.Output.Contains("duplicate_acks\":", StringComparison.Ordinal));
        Assert.DoesNotContain("duplicate_acks\":", alone.Output, StringComparison.Ordinal);
    }

    [RootFact(Kernel = "5.12")]
    public void WhatFailedWhileItWatchedIsToldHoweverLongAgo()
    {
        using var conns = RheoProcess.Start(_left, ["conns", "--duration", "12s", "--agent", "never", "-o", "json", .. Filter]);
        conns.AwaitMessage("watching");
        Assert.Throws<SocketException>(() => Connect(Port + 1));

        Assert.Equal(0, conns.WaitForExit());
        Assert.Contains("\"refused\"", conns.Output, StringComparison.Ordinal);
    }

    [RootFact(Kernel = "5.12")]
    public void TheTablesRowsStandUnderTheirHeading()
    {
        using var listener = Listen();
        using var open = Connect();
        using var accepted = listener.Accept();
        using var conns = RheoProcess.Start(_left, "conns", "--duration", "500ms", "--agent", "never", "--all", $"host {Right} and tcp");

        Assert.Equal(0, conns.WaitForExit());
        var lines = conns.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.All(lines[1..], row => Assert.Equal(lines[0].IndexOf("STATE", StringComparison.Ordinal), row.IndexOf("established", StringComparison.Ordinal)));
    }

    [RootFact(Kernel = "5.12")]
    public void WhoFollowsThroughTheAgentIsToldTheSameOpeningsAndEnds()
    {
        using var agent = RheoProcess.StartAgent(_left, "--socket", Path);
        using var listener = Listen();
        var (through, alone) = Both(["conns", "--follow", "--duration", "2m", "-o", "json", .. Filter]);
        using var first = through;
        using var second = alone;
        for (var turn = 0; turn < 5; turn++)
        {
            using (Connect())
                listener.Accept().Dispose();
            Thread.Sleep(turn * 30);
        }

        Assert.Throws<SocketException>(() => Connect(Port + 1));

        Thread.Sleep(1000);
        EndWell(through, alone);
        var expected = Told(alone.Output);
        Assert.InRange(expected.Length, 21, 24); // two ends of five, opened and ended; the refused one may be seen before its end
        Assert.Equal(expected, Told(through.Output));
        agent.AwaitMetrics(page => page.Sum("rheo_streams") == 0);
        Assert.Equal(0, agent.End());
    }

    [RootFact(Kernel = "5.12")]
    public void TheApiHasConnectionsWithTheirVerdictsAndProcesses()
    {
        using var agent = RheoProcess.StartAgent(_left);
        using var listener = Listen();
        using var open = Connect();
        using var accepted = listener.Accept();
        Assert.Throws<SocketException>(() => Connect(Port + 1));
        var end = ((IPEndPoint)open.LocalEndPoint!).Port;

        var live = AwaitApi($"filter=tcp+and+port+{end}&pid={Environment.ProcessId}", 2);
        var failed = AwaitApi($"filter=host+{Right}+and+port+{Port + 1}&state=closed", 1);
        var listening = AwaitApi($"listening=true&filter=host+{Right}+and+port+{Port}", 1, "listeners");

        Assert.All(live, row => Assert.Equal(Environment.ProcessId, row.GetProperty("local").GetProperty("process").GetProperty("pid").GetInt32()));
        Assert.Equal(["client", "server"], live.Select(row => row.GetProperty("role").GetString()).Order());
        Assert.All(live, row => Assert.True(row.GetProperty("rtt").GetProperty("median_us").GetInt64() > 0));
        Assert.Equal("refused", failed[0].GetProperty("verdict").GetProperty("reason").GetString());
        Assert.Equal(4, Assert.Single(listening).GetProperty("queue").GetProperty("limit").GetInt32());
        Assert.Empty(_left.Run(() => Get("slow=1h")).GetProperty("connections").EnumerateArray());
    }

    [RootFact]
    public void AnAgentThatDoesNotWatchConnectionsIsSaidAndLeftAlone()
    {
        using var agent = RheoProcess.StartAgent(_left, "--socket", Path, "--without", "tcp");
        using var conns = RheoProcess.Start(_left, "conns", "--duration", "100ms", "--agent", Path);

        Assert.Equal(1, conns.WaitForExit());
        Assert.Contains("does not watch connections", conns.Errors, StringComparison.Ordinal);

        var environment = new Dictionary<string, string> { ["RUNTIME_DIRECTORY"] = System.IO.Path.GetDirectoryName(Path)! };
        using var other = RheoProcess.StartCommand(_left, [.. RheoProcess.Command, "conns", "--duration", "100ms"], environment);
        Assert.True(other.WaitForExit() == 0, other.Errors);
        Assert.Contains("does not watch connections", other.Errors, StringComparison.Ordinal);
        Assert.Contains("going on without it", other.Errors, StringComparison.Ordinal);
    }

    [RootFact(Kernel = "5.17")]
    public void DropsAreTheSameWithAndWithoutAnAgent()
    {
        using var agent = RheoProcess.StartAgent(_left, "--socket", Path);
        Send(7777, 10); // before they watch: none of theirs
        var (through, alone) = Both(["drops", "--duration", "2m", "-o", "json"]);
        using var first = through;
        using var second = alone;
        Send(7777, 50);
        Send(7778, 30);
        Thread.Sleep(500);
        EndWell(through, alone);

        // By place, which is exact whatever others drop meanwhile.
        var here = uint.Parse(_right.Execute("stat -Lc %i /proc/self/ns/net"), System.Globalization.CultureInfo.InvariantCulture);
        var expected = Dropped(alone.Output, IsHere);
        Assert.Equal(80, Assert.Single(expected, row => row.Row.Contains("NO_SOCKET", StringComparison.Ordinal)).Packets);
        Assert.Equal(expected, Dropped(through.Output, IsHere));

        bool IsHere(JsonElement row) => row.TryGetProperty("netns", out var space) && space.GetUInt32() == here;
    }

    [RootFact(Kernel = "5.17")]
    public void TheFlowsOfDropsAreTheSameWithAndWithoutAnAgent()
    {
        using var agent = RheoProcess.StartAgent(_left, "--socket", Path);
        var (through, alone) = Both(["drops", "--duration", "2m", "-o", "json", "--by", "flow", "udp", "and", "host", Right]);
        using var first = through;
        using var second = alone;
        using var socket = _left.Run(() => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
        for (var turn = 0; turn < 40; turn++)
            socket.SendTo([1, 2, 3], new IPEndPoint(IPAddress.Parse(Right), 7779));
        Thread.Sleep(500);
        EndWell(through, alone);

        // One flow, which the kernel's table keeps: it was dropped last.
        var expected = Assert.Single(Dropped(alone.Output, _ => true));
        Assert.Equal(40, expected.Packets);
        Assert.Equal(expected, Assert.Single(Dropped(through.Output, _ => true)));
    }

    [RootFact]
    public void TheCostOfTheAgentAtASocketIsMeasured()
    {
        using var agent = RheoProcess.StartAgent(_left, "--socket", Path);
        using var cost = RheoProcess.Start(_left, "cost", "-o", "json", "--agent", Path);

        Assert.True(cost.WaitForExit() == 0, cost.Errors);
        var report = JsonDocument.Parse(cost.Output).RootElement;
        Assert.Equal("agent", report.GetProperty("measured").GetString());
        var processes = report.GetProperty("user").GetProperty("processes").EnumerateArray().ToList();
        Assert.Equal(["core", "warden"], processes.Select(process => process.GetProperty("role").GetString()).Order());
        Assert.Contains(processes, process => process.GetProperty("pid").GetInt32() == agent.Id);
    }

    public void Dispose()
    {
        _left.Dispose();
        _right.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    // Both have seen all by now; Ctrl-C has them print it.
    private static void EndWell(params RheoProcess[] processes) => Assert.All(processes, process =>
    {
        Assert.False(process.HasExited, process.Errors);
        Assert.True(process.End() == 0, process.Errors);
    });

    private (RheoProcess Through, RheoProcess Alone) Both(string[] words)
    {
        var alone = RheoProcess.Start(_left, [.. words, "--agent", "never"]);
        var through = RheoProcess.Start(_left, [.. words, "--agent", Path]);
        alone.AwaitMessage("watching");
        through.AwaitMessage("through the agent");
        return (through, alone);
    }

    private Socket Listen() => _right.Run(() =>
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Parse(Right), Port));
        listener.Listen(4);
        return listener;
    });

    private Socket Connect(int port = Port) => _left.Run(() =>
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(IPAddress.Parse(Right), port);
        return socket;
    });

    // Who says something is known for a socket's user at once.
    private static void Talk(Socket one, Socket other)
    {
        var buffer = new byte[8];
        one.Send("ask"u8);
        other.Receive(buffer);
        other.Send("answer"u8);
        one.Receive(buffer);
    }

    private void Send(int port, int times) => _left.Run(() =>
    {
        for (var turn = 0; turn < times; turn++)
        {
            // Of a socket that is not connected: the answer, an ICMP error, is not told to it.
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.SendTo([1, 2, 3], new IPEndPoint(IPAddress.Parse(Right), port));
        }
    });

    private JsonElement[] AwaitApi(string query, int count, string what = "connections")
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            var found = _left.Run(() => Get(query)).GetProperty(what).EnumerateArray().ToArray();
            if (found.Length == count || watch.Elapsed.TotalSeconds > 10)
                return found.Length == count ? found : throw new TimeoutException($"{query}: {string.Join('\n', found)}");
            Thread.Sleep(100);
        }
    }

    private static JsonElement Get(string query)
    {
        using var client = new TcpClient("127.0.0.1", 9460);
        var stream = client.GetStream();
        stream.Write(System.Text.Encoding.ASCII.GetBytes($"GET /api/v1/connections?{query} HTTP/1.0\r\nHost: localhost\r\n\r\n"));
        var answer = new StreamReader(stream).ReadToEnd();
        return JsonDocument.Parse(answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]).RootElement;
    }

    // All but the times, which two programs at two moments cannot see alike, and whose a socket is that was accepted: a walk finds that, each at its time;
    // and but duplicate ACKs, which an agent's packet programs count and `rheo conns` by itself does not have.
    private static string[] Stable(string output, string format) => format switch
    {
        "json" => [.. Lines(output).Select(line => Stable(JsonDocument.Parse(line).RootElement)).Order(StringComparer.Ordinal)],
        "csv" => [.. Lines(output).Select(line => line.Split(',')).Select(cells => string.Join(',', cells[1..7], cells[8])).Order(StringComparer.Ordinal)],
        _ => [.. Lines(output).Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(4))).Order(StringComparer.Ordinal)],
    };

    private static string Stable(JsonElement row)
    {
        string[] keys = row.TryGetProperty("role", out _)
            ? ["remote", "role", "state", "netns", "cookie", "bytes", "segments", "retransmits", "resets", "mss"]
            : ["state", "netns", "cookie", "queue"];
        var ended = row.TryGetProperty("ended", out var end) ? end.GetString() : "";
        var party = row.TryGetProperty("verdict", out var verdict) ? verdict.GetProperty("party").GetString() : "";
        return string.Join(' ', keys.Select(key => Text(row.GetProperty(key))).Append(End(row, "local")).Append(ended).Append(party));
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.Object
        ? string.Join(' ', value.EnumerateObject().Where(field => field.Name != "duplicate_acks"))
        : value.GetRawText();

    private static string End(JsonElement row, string name) => $"{row.GetProperty(name).GetProperty("address")}:{row.GetProperty(name).GetProperty("port")}";

    private static string[] Told(string output) =>
    [
        .. Lines(output).Select(line => JsonDocument.Parse(line).RootElement)
            .Where(row => row.GetProperty("state").GetString() != "syn_sent")
            .Select(row => $"{End(row, "local")} {row.GetProperty("remote")} {row.GetProperty("role")} {row.GetProperty("state")} "
                + (row.TryGetProperty("ended", out var ended) ? ended.GetString() : ""))
            .Order(StringComparer.Ordinal),
    ];

    private static (string Row, long Packets)[] Dropped(string output, Func<JsonElement, bool> isOurs) =>
    [
        .. Lines(output).Select(line => JsonDocument.Parse(line).RootElement).Where(isOurs).Select(row => (
            string.Join(' ', row.EnumerateObject().Where(key => key.Name is not ("last_seen" or "packets")).Select(key => key.ToString())),
            row.GetProperty("packets").GetInt64())).Order(),
    ];

    private static string[] Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
