using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Rheo.Bpf.Netlink;
using Rheo.KernelTests.Links;
using Xunit;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>Another version of the program takes over in the same process: no packet is missed, and none counted twice.</summary>
public sealed class UpgradeTests : IDisposable
{
    private const int Upgrades = 3;

    private readonly string _folder = Directory.CreateTempSubdirectory("rheo-t-").FullName;

    [RootFact(Kernel = "5.18")]
    public void AFloodOfMoreFlowsThanTheTableHoldsIsCountedExactlyAcrossUpgrades()
    {
        using var wire = FloodedWire.Create();
        using var agent = RheoProcess.StartAgent(wire.Space, "-i", FloodedWire.Device);
        using var end = new CancellationTokenSource();
        var load = Task.Run(() => Flood(wire, end.Token));

        UpgradeAgainAndAgain(agent);
        end.Cancel();
        load.GetAwaiter().GetResult();

        var counters = wire.Settled();
        var page = agent.AwaitMetrics(page => Flows(page) + Lost(page) == counters.ReceivedPackets);
        Assert.Equal(counters.ReceivedPackets, Flows(page) + Lost(page));
        Assert.Equal(counters.ReceivedBytes, page.Sum("network_flow_io_bytes_total", "receive") + page.Sum("rheo_lost_bytes_total"));
        Assert.Equal(counters.ReceivedPackets, page.Sum("rheo_conversation_packets_total") + Lost(page));
        Assert.Equal(counters.ReceivedBytes, page.Sum("rheo_conversation_bytes_total") + page.Sum("rheo_lost_bytes_total"));
        Assert.Equal(0, agent.End());
    }

    [RootFact(Kernel = "6.6")]
    public void NewFlowsAllTheTimeAreCountedExactlyAndNothingIsLost()
    {
        var (left, right) = TestNamespace.CreatePair();
        using var host = left;
        using var other = right;
        using var agent = RheoProcess.StartAgent(host, "-i", "left");
        using var load = new SteadyLoad(other, "10.9.9.1");

        var process = agent.Id;
        UpgradeAgainAndAgain(agent);
        load.Dispose();

        ExpectAll(agent, host);
        Assert.Equal(process, agent.Id);
        Assert.Equal(0, agent.End());
    }

    [RootFact(Kernel = "6.6")]
    public void TablesOfAnotherSizeTakeOverFromTheOldOnes()
    {
        var (left, right) = TestNamespace.CreatePair();
        using var host = left;
        using var other = right;
        var file = Path.Combine(_folder, "rheo.yaml");
        File.WriteAllText(file, "interface: left\n");
        using var agent = RheoProcess.StartAgent(host, "--config", file);
        using var load = new SteadyLoad(other, "10.9.9.1");

        for (var upgrade = 1; upgrade <= Upgrades; upgrade++)
        {
            File.WriteAllText(file, $"interface: left\ntable_entries: {1024 << upgrade}\n");
            agent.Upgrade();
            agent.AwaitServing(upgrade + 1);
        }

        load.Dispose();
        ExpectAll(agent, host);
        Assert.Single(FlowTables(agent));
        Assert.Equal(0, agent.End());
    }

    [RootFact(Kernel = "6.6")]
    public void WhatCannotTakeOverChangesNothing()
    {
        var (left, right) = TestNamespace.CreatePair();
        using var host = left;
        using var other = right;
        var program = CopyProgram();
        using var agent = RheoProcess.StartCommand(host, [program, "agent", "-i", "left"]);
        agent.AwaitMessage("serving http://");
        using var load = new SteadyLoad(other, "10.9.9.1");
        var core = agent.CoreId;

        Replace(program, "#!/bin/sh\nexit 1\n");
        agent.Upgrade();
        agent.AwaitMessage("cannot take over: it ended with exit code 1");
        Replace(program, "no program at all");
        agent.Upgrade();
        agent.AwaitMessage("not upgraded: cannot start");
        Thread.Sleep(500); // and goes on

        load.Dispose();
        ExpectAll(agent, host);
        Assert.Equal(core, agent.CoreId);
        Assert.Equal(0, agent.End());
    }

    [RootFact(Kernel = "6.6")]
    public void AnInterfaceThatWentMeanwhileIsWaitedFor()
    {
        using var space = TestNamespace.Create();
        space.Ip("link add gone0 type veth peer name gone1");
        using var agent = RheoProcess.StartAgent(space, "-i", "lo", "-i", "gone0");
        space.Ip("link del gone0");

        agent.Upgrade();
        agent.AwaitServing(2);

        agent.AwaitMessage("there is no interface gone0; it is watched when it comes");
        Assert.Equal(0, agent.End());
    }

    [RootFact(Kernel = "6.6")]
    public void WhoAsksForTheEndWhileTheNextVersionTriesIsHeard()
    {
        using var space = TestNamespace.Create();
        var program = CopyProgram();
        using var agent = RheoProcess.StartCommand(space, [program, "agent", "-i", "lo"]);
        agent.AwaitMessage("serving http://");
        var tries = Path.Combine(_folder, "tries");
        Replace(program, $"#!/bin/sh\ntouch {tries}\nsleep 2\nexit 76\n"); // it could

        agent.Upgrade();
        Assert.True(SpinWait.SpinUntil(() => File.Exists(tries), TimeSpan.FromSeconds(20)));

        Assert.Equal(0, agent.End());
        Assert.Contains("not upgraded: the end was asked for meanwhile", agent.Errors, StringComparison.Ordinal);
    }

    [RootFact(Kernel = "6.6")]
    public void AProgramBehindALinkIsTheOneToWhichItLeadsByThen()
    {
        Assert.SkipUnless(RheoProcess.FastCommand is [_], "the native program alone knows by which name it was asked for");
        using var space = TestNamespace.Create();
        var first = CopyProgram();
        var (second, link) = (first + "-2", first + "-link");
        File.Copy(first, second);
        File.CreateSymbolicLink(link, first);
        using var agent = RheoProcess.StartCommand(space, [link, "agent", "-i", "lo"]);
        agent.AwaitServing(1);

        File.Delete(link);
        File.CreateSymbolicLink(link, second);
        agent.Upgrade();
        agent.AwaitServing(2);

        Assert.Equal(second, File.ResolveLinkTarget($"/proc/{agent.Id}/exe", false)?.FullName);
        Assert.Equal(0, agent.End());
    }

    [RootFact(Kernel = "6.6")]
    public void WhoAsksForAReloadMeanwhileEndsNothing()
    {
        using var space = TestNamespace.Create();
        using var agent = RheoProcess.StartAgent(space, "-i", "lo");
        using var done = new CancellationTokenSource();
        var reloads = Task.Run(() =>
        {
            for (; !done.IsCancellationRequested; Thread.Sleep(1))
                agent.Reload();
        });

        agent.Upgrade();
        agent.AwaitServing(2);
        done.Cancel();
        reloads.GetAwaiter().GetResult();

        Assert.Equal(0, agent.End());
    }

    [RootFact(Kernel = "6.6")]
    public void AConfigurationThatTheNewVersionRefusesLeavesTheOldOneRunning()
    {
        using var space = TestNamespace.Create();
        var file = Path.Combine(_folder, "rheo.yaml");
        File.WriteAllText(file, "interface: lo\n");
        using var agent = RheoProcess.StartAgent(space, "--config", file);

        File.WriteAllText(file, "interfaze: lo\n");
        agent.Upgrade();

        agent.AwaitMessage("cannot take over: it ended with exit code 2");
        Assert.Equal(0, agent.End());
    }

    [RootFact(Kernel = "6.6")]
    public void TheServiceManagerHearsOfItAndTheRightsAreTheSame()
    {
        using var space = TestNamespace.Create();
        var path = Path.Combine(_folder, "notify");
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 20_000 };
        systemd.Bind(new UnixDomainSocketEndPoint(path));
        using var agent = RheoProcess.StartCommand(
            space, ["setpriv", "--no-new-privs", .. RheoProcess.Command, "agent"], new Dictionary<string, string> { ["NOTIFY_SOCKET"] = path });
        Assert.StartsWith("READY=1", Next(systemd), StringComparison.Ordinal);
        var (before, users) = (ProcessStatus.Of(agent.Id).Capabilities("CapPrm"), ProcessStatus.Of(agent.CoreId!.Value).Users);

        agent.Upgrade();

        Assert.StartsWith("RELOADING=1", Next(systemd), StringComparison.Ordinal);
        Assert.StartsWith("READY=1", Next(systemd), StringComparison.Ordinal);
        Assert.Equal(before, ProcessStatus.Of(agent.Id).Capabilities("CapPrm"));
        var core = ProcessStatus.Of(agent.CoreId!.Value);
        Assert.Equal(users, core.Users);
        Assert.Equal(0UL, core.Capabilities("CapPrm") | core.Capabilities("CapBnd"));
        Assert.Equal(0, agent.End());
    }

    [RootFact(Kernel = "6.6")]
    public void WhoAsksMeanwhileWaitsAndIsNotRefused()
    {
        using var space = TestNamespace.Create();
        var path = Path.Combine(_folder, "rheo.sock");
        using var agent = RheoProcess.StartAgent(space, "--socket", path, "--user", "root");
        using var atPort = new SteadyClient(space, IPEndPoint.Parse("127.0.0.1:9460"));
        using var atSocket = new SteadyClient(space, new UnixDomainSocketEndPoint(path));

        UpgradeAgainAndAgain(agent);

        atPort.Dispose();
        atSocket.Dispose();
        Assert.Equal((0, 0), (atPort.Refused, atSocket.Refused));
        Assert.InRange(atPort.Unanswered, 0, Upgrades); // whom the old core had just let in when it ended
        Assert.InRange(atSocket.Unanswered, 0, Upgrades);
        Assert.InRange(Math.Min(atPort.Answered, atSocket.Answered), 20, int.MaxValue);
        Assert.Equal(0, agent.End());
        Assert.False(File.Exists(path));
    }

    [RootFact(Kernel = "6.6")]
    public void WhoIsAskedToListenSomewhereElseDoes()
    {
        using var space = TestNamespace.Create();
        var file = Path.Combine(_folder, "rheo.yaml");
        File.WriteAllText(file, "interface: lo\n");
        using var agent = RheoProcess.StartAgent(space, "--config", file);

        File.WriteAllText(file, "interface: lo\nlisten: 127.0.0.1:9461\n");
        agent.Upgrade();
        agent.AwaitServing(2);

        Assert.Contains("200 OK", space.Run(() => MetricsPage.Get(9461, "/healthz")), StringComparison.Ordinal);
        Await(() => !IsOpen(space, 9460)); // the warden lets go of it once the core serves
        Assert.False(IsOpen(space, 9460));
        Assert.Equal(0, agent.End());
    }

    [RootFact(Kernel = "6.6")]
    public void EachDropIsCountedOnceAcrossUpgradesAndThePartsAreNotLoadedAgain()
    {
        const int Port = 47_113;
        var (left, right) = TestNamespace.CreatePair();
        using var host = left;
        using var other = right;
        host.Ping();
        using var agent = RheoProcess.StartAgent(host);
        Await(() => Drops(host, Port) is not null); // the part is at work
        var programs = PartPrograms(agent);
        var sent = 0;
        using var end = new CancellationTokenSource();
        var load = Task.Run(() => other.Run(() => sent = SendUntil(end.Token, Port)));

        UpgradeAgainAndAgain(agent);
        end.Cancel();
        load.GetAwaiter().GetResult();

        Await(() => Drops(host, Port) == sent);
        Assert.Equal(sent, Drops(host, Port));
        Assert.InRange(sent, 100, int.MaxValue);
        Assert.Equal(programs, PartPrograms(agent));
        Assert.Equal(0, agent.End());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void UpgradeAgainAndAgain(RheoProcess agent)
    {
        for (var upgrade = 1; upgrade <= Upgrades; upgrade++)
        {
            agent.Upgrade();
            agent.AwaitServing(upgrade + 1);
            Assert.False(agent.HasExited, agent.Errors);
        }
    }

    // From one socket, so that all are one flow.
    private static int SendUntil(CancellationToken end, int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var sent = 0;
        for (; !end.IsCancellationRequested; sent++)
        {
            socket.SendTo([1], new IPEndPoint(IPAddress.Parse("10.9.9.1"), port));
            Thread.Sleep(1);
        }

        return sent;
    }

    // Packets that the kernel dropped since nobody listens there; null while the agent cannot tell.
    private static int? Drops(TestNamespace host, int port)
    {
        var answer = host.Run(() => MetricsPage.Get(9460, $"/api/v1/drops?by=flow&filter=udp+and+dst+port+{port}"));
        using var document = JsonDocument.Parse(answer.Split("\r\n\r\n", 2)[1]);
        return document.RootElement.TryGetProperty("drops", out var rows) && rows.ValueKind == JsonValueKind.Array
            ? rows.EnumerateArray().Sum(row => row.GetProperty("packets").GetInt32())
            : null;
    }

    // The kernel's ids of the programs behind the agent's links that are no interface's: those of the parts.
    private static List<string> PartPrograms(RheoProcess agent) =>
        [.. Directory.GetFiles($"/proc/{agent.Id}/fdinfo").Select(File.ReadAllText)
            .Where(text => text.Contains("link_type:", StringComparison.Ordinal) && !text.Contains("tcx", StringComparison.Ordinal))
            .Select(text => text.Split('\n').First(line => line.StartsWith("prog_id:", StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal)];

    // Those that its processes hold, by the size of what stands in them: sets of four slots.
    private static List<string> FlowTables(RheoProcess agent) =>
        [.. Directory.GetFiles($"/proc/{agent.Id}/fdinfo").Select(File.ReadAllText)
            .Where(text => text.Contains("map_type:\t2\n", StringComparison.Ordinal) && text.Contains("value_size:\t256\n", StringComparison.Ordinal))
            .Select(text => text.Split('\n').First(line => line.StartsWith("map_id:", StringComparison.Ordinal)))
            .Distinct()];

    private static bool IsOpen(TestNamespace space, int port) => space.Run(() =>
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    });

    private static void Await(Func<bool> isSo) => SpinWait.SpinUntil(isSo, TimeSpan.FromSeconds(10));

    private static void ExpectAll(RheoProcess agent, TestNamespace host)
    {
        // Read with each page: a neighbour may ask once more whether we are still there.
        var counters = Counters(host);
        var page = agent.AwaitMetrics(page => Flows(page) == (counters = Counters(host)).ReceivedPackets);
        Assert.Equal(counters.ReceivedPackets, Flows(page));
        Assert.Equal(counters.SentPackets, page.Sum("rheo_flow_packets_total", "transmit"));
        Assert.Equal(0UL, Lost(page));
        Assert.InRange(counters.ReceivedPackets, 200UL, ulong.MaxValue);
    }

    private static DeviceCounters Counters(TestNamespace host) => host.Run(() => NetworkDevices.Find(host.Ifindex("left"))!.Counters);

    private static void Flood(FloodedWire wire, CancellationToken end)
    {
        for (var packets = 500_000UL; !end.IsCancellationRequested; packets += 500_000)
            wire.SendUntil(packets, () => Thread.Sleep(20)); // on two CPUs the program must get its turn
    }

    private static ulong Flows(MetricsPage page) => page.Sum("rheo_flow_packets_total", "receive");

    private static ulong Lost(MetricsPage page) => page.Sum("rheo_lost_packets_total");

    private static string Next(Socket socket)
    {
        var buffer = new byte[1024];
        return System.Text.Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer));
    }

    // The program itself is a file of its own; what it loads beside it may stay where it is.
    private string CopyProgram()
    {
        File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101); // the core, another user, runs it too
        var original = RheoProcess.FastCommand is [var native] ? native : Path.Combine(AppContext.BaseDirectory, "rheo");
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(original)!))
        {
            var here = Path.Combine(_folder, Path.GetFileName(file));
            if (file == original)
                File.Copy(file, here);
            else
                File.CreateSymbolicLink(here, file);
        }

        return Path.Combine(_folder, Path.GetFileName(original));
    }

    private static void Replace(string program, string text)
    {
        File.WriteAllText(program + ".new", text);
        File.SetUnixFileMode(program + ".new", UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        File.Move(program + ".new", program, overwrite: true);
    }
}
