using System.Diagnostics;
using Rheo.Bpf;
using Rheo.Bpf.Netlink;
using Rheo.KernelTests.Links;
using Xunit;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>What was there before is there after, and what others have attached goes on working.</summary>
public sealed class HarmlessTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    [RootFact]
    public void NothingIsLeftInTheKernelAfterTheEnd()
    {
        using var host = BridgedHost.Create();
        var before = Hooks(host.Host);

        using (RunningCapture.Start(host.Host))
        {
            host.Client.Ping(BridgedHost.ServerAddress);
            Assert.Contains("flow_ingress_l2", Hooks(host.Host), StringComparison.Ordinal);
        }

        Assert.Equal(before, Hooks(host.Host));
    }

    [RootFact]
    public void NothingIsLeftInTheKernelAfterKill9()
    {
        using var host = BridgedHost.Create();
        var before = Hooks(host.Host);
        using var agent = RheoProcess.StartAgent(host.Host);
        var programs = OurPrograms(host.Host);
        Assert.NotEmpty(programs);

        agent.KillAtOnce();

        Await(() => Hooks(host.Host) == before);
        Await(() => programs.All(id => ProgramName.Find(id) is null)); // freed after a grace period
    }

    [RootFact]
    public void TcxProgramsOfOthersBeforeAndAfterOursGoOnWorkingAndWeSeeEverything()
    {
        var (left, right) = TestNamespace.CreatePair();
        using var host = left;
        using var other = right;
        using var foreign = CountedPrograms.Load("tc_first", "tc_second");
        var device = host.Ifindex("left");
        using var behind = host.Run(() => TcxLink.Attach(foreign["tc_second"], device, TcDirection.Ingress));
        using (var capture = RunningCapture.Start(host, "left"))
        {
            using var before = host.Run(() => TcxLink.Attach(foreign["tc_first"], device, TcDirection.Ingress));
            Assert.Equal(["tc_first", "flow_ingress_l2", "tc_second"], IngressNames(host, device));

            other.Ping("10.9.9.1", 5);

            Assert.InRange(foreign.Hits(Hit.TcFirst), 5UL, 1000UL);
            ExpectAllSeen(capture, host, device);
        }

        var hits = foreign.Hits(Hit.TcSecond);
        other.Ping("10.9.9.1");
        Assert.InRange(foreign.Hits(Hit.TcSecond), hits + 3, hits + 1000);
    }

    [RootFact]
    public void FiltersOfOthersAttachedBeforeAndAfterOursGoOnWorkingAndWeSeeEverything()
    {
        var (left, right) = TestNamespace.CreatePair();
        using var host = left;
        using var other = right;
        using var foreign = CountedPrograms.Load("tc_first", "tc_foreign");
        var device = host.Ifindex("left");
        var options = new ClsBpfOptions { Owner = "somebody else" };
        using var first = host.Run(() => ClsBpfFilter.Attach(foreign["tc_first"], device, TcDirection.Ingress, options));
        using (var capture = RunningCapture.Start(host, "left"))
        {
            using var second = host.Run(() => ClsBpfFilter.Attach(foreign["tc_foreign"], device, TcDirection.Ingress, options with { Priority = 2 }));

            other.Ping("10.9.9.1", 5);

            Assert.InRange(foreign.Hits(Hit.TcFirst), 5UL, 1000UL);
            Assert.InRange(foreign.Hits(Hit.TcForeign), 5UL, 1000UL);
            ExpectAllSeen(capture, host, device);
            Assert.Empty(capture.Warnings);
        }

        Assert.True(first.IsAttached);
        var hits = foreign.Hits(Hit.TcFirst);
        other.Ping("10.9.9.1");
        Assert.InRange(foreign.Hits(Hit.TcFirst), hits + 3, hits + 1000);
    }

    [RootFact]
    public void AProgramThatDecidesAndWasThereBeforeUsHidesNothingFromUs()
    {
        var (left, right) = TestNamespace.CreatePair();
        using var host = left;
        using var other = right;
        using var foreign = CountedPrograms.Load("tc_foreign");
        var device = host.Ifindex("left");
        using var decides = host.Run(() => TcxLink.Attach(foreign["tc_foreign"], device, TcDirection.Ingress));
        using var capture = RunningCapture.Start(host, "left");

        other.Ping("10.9.9.1", 5);

        Assert.InRange(foreign.Hits(Hit.TcForeign), 5UL, 1000UL);
        ExpectAllSeen(capture, host, device);
        Assert.Empty(capture.Warnings);
    }

    [RootFact]
    public void AProgramThatPutsItselfBeforeUsAndDecidesIsWarnedOf()
    {
        var (left, right) = TestNamespace.CreatePair();
        using var host = left;
        using var other = right;
        using var foreign = CountedPrograms.Load("tc_foreign");
        using var capture = RunningCapture.Start(host, "left");
        using var decides = host.Run(() => TcxLink.Attach(foreign["tc_foreign"], host.Ifindex("left"), TcDirection.Ingress));

        other.Ping("10.9.9.1");

        Assert.InRange(foreign.Hits(Hit.TcForeign), 3UL, 1000UL);
        Assert.True(capture.Comes(asked => asked.Warnings.Count > 0, s_patience));
        Assert.Contains("left ingress: tcx program tc_foreign", Assert.Single(capture.Warnings), StringComparison.Ordinal);
    }

    /// <summary>The interface's own counter is the judge.</summary>
    private static void ExpectAllSeen(RunningCapture capture, TestNamespace space, int device)
    {
        var watch = Stopwatch.StartNew();
        ulong expected, seen;
        do
        {
            expected = space.Run(() => NetworkDevices.Find(device)!.Counters.ReceivedPackets);
            seen = capture.Total(device, egress: false).Packets;
        }
        while (seen != expected && watch.Elapsed < s_patience);
        Assert.Equal(expected, seen);
    }

    private static string[] IngressNames(TestNamespace space, int device) =>
        [.. space.Run(() => TcHook.Query(device, TcDirection.Ingress)).Entries.Select(entry => entry.Name ?? "?")];

    private static uint[] OurPrograms(TestNamespace space) =>
        [.. Entries(space).Where(entry => entry.Name?.StartsWith("flow_", StringComparison.Ordinal) == true).Select(entry => entry.ProgramId).Distinct()];

    /// <summary>All that is attached to the interfaces of a namespace: as bpftool and tc say, and the tcx programs, which they may be too old for.</summary>
    private static string Hooks(TestNamespace space) =>
        string.Join('\n', [space.Execute("bpftool net"), space.Execute("tc qdisc show"), .. Entries(space).Select(entry => entry.ToString())]);

    private static List<TcHookEntry> Entries(TestNamespace space) => space.Run(() => NetworkDevices.List()
        .SelectMany(device => TcHook.Query(device.Index, TcDirection.Ingress).Entries.Concat(TcHook.Query(device.Index, TcDirection.Egress).Entries))
        .ToList());

    private static void Await(Func<bool> isSo)
    {
        var watch = Stopwatch.StartNew();
        while (!isSo() && watch.Elapsed < s_patience)
            Thread.Sleep(20);
        Assert.True(isSo());
    }
}
