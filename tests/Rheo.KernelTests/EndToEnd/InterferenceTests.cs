using System.Diagnostics;
using Rheo.Bpf;
using Rheo.Bpf.Netlink;
using Rheo.Capture;
using Rheo.KernelTests.Links;
using Xunit;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>Others change what stands at our hooks: within 5 s it is mended, or told.</summary>
public sealed class InterferenceTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);
    private static readonly CaptureOptions s_asFilters = new() { Interfaces = ["left"], AsFilters = true };

    [RootFact]
    public void ADeletedClsactQdiscIsMadeAgainAndWeCountOn()
    {
        var (left, right) = TestNamespace.CreatePair();
        using var host = left;
        using var other = right;
        using var capture = RunningCapture.Start(host, s_asFilters);
        host.Execute("tc qdisc del dev left clsact");

        Assert.True(capture.Comes(asked => asked.Interference.Reattached == 2, s_limit));

        Assert.Equal(["left ingress", "left egress"], capture.Warnings.Select(line => line.Split(':')[0]));
        Assert.All(capture.Warnings, line => Assert.Contains("attached again", line, StringComparison.Ordinal));
        ExpectCounting(capture, host, other);
    }

    [RootFact(Kernel = "6.6")]
    public void ALinkThatSomebodyDetachedIsMadeAgainAndWeCountOn()
    {
        var (left, right) = TestNamespace.CreatePair();
        using var host = left;
        using var other = right;
        using var capture = RunningCapture.Start(host, "left");
        var link = Entries(host, TcDirection.Ingress).Single().LinkId;
        Shell.Run("bpftool", "link", "detach", "id", $"{link}");

        Assert.True(capture.Comes(asked => asked.Interference.Reattached == 1, s_limit));

        Assert.Contains("left ingress: our program was detached", Assert.Single(capture.Warnings), StringComparison.Ordinal);
        Assert.Equal(1UL, capture.Ask(asked => asked.Interference.Noticed[(int)InterferenceKind.Detached]));
        ExpectCounting(capture, host, other);
    }

    [RootFact(Kernel = "6.6")]
    public void AllThatSomebodyDetachedAtOnceIsMendedAfterOneLookThoughItTakesSeveralRounds()
    {
        using var host = TestNamespace.Create();
        for (var pair = 0; pair < 6; pair++)
            host.Ip($"link add a{pair} type veth peer name b{pair}");
        using var capture = RunningCapture.Start(host, new CaptureOptions { Interfaces = ["a*", "b*"], ScanInterval = TimeSpan.FromSeconds(1) });
        Assert.True(capture.Comes(asked => !asked.IsAttaching, s_limit));
        var links = host.Run(() => NetworkDevices.List().Where(device => !device.IsLoopback)
            .SelectMany(device => TcHook.Query(device.Index, TcDirection.Ingress).Entries.Concat(TcHook.Query(device.Index, TcDirection.Egress).Entries))
            .Select(entry => entry.LinkId).ToList());
        Assert.Equal(24, links.Count);

        foreach (var link in links)
            Shell.Run("bpftool", "link", "detach", "id", $"{link}");

        Assert.True(capture.Comes(asked => asked.Interference.Reattached == 24, s_limit)); // a slice with each scan would take 12 s, one pair of hooks a look 36
        Assert.Equal(24, capture.Warnings.Count);
    }

    [RootFact]
    public void WhatCannotBeAttachedAgainIsToldOnce()
    {
        var (left, right) = TestNamespace.CreatePair();
        using var host = left;
        using var other = right;
        using var capture = RunningCapture.Start(host, s_asFilters);

        // A qdisc for what comes in alone.
        host.Run(() => Shell.Run("bash", "-c", "tc qdisc del dev left clsact && tc qdisc add dev left ingress"));
        Assert.True(capture.Comes(asked => asked.Warnings.Any(IsRefused), s_limit));
        Thread.Sleep(2 * s_limit);

        Assert.Single(capture.Warnings, IsRefused);

        static bool IsRefused(string line) => line.StartsWith("left egress", StringComparison.Ordinal) && line.Contains("cannot be attached again", StringComparison.Ordinal);
    }

    [RootFact]
    public void AForeignFilterThatEndsTheChainBeforeOursIsTold()
    {
        var (left, right) = TestNamespace.CreatePair();
        using var host = left;
        using var other = right;
        using var foreign = CountedPrograms.Load("tc_foreign");
        using var capture = RunningCapture.Start(host, s_asFilters);
        using var decides = host.Run(() => ClsBpfFilter.Attach(
            foreign["tc_foreign"], host.Ifindex("left"), TcDirection.Ingress, new ClsBpfOptions { Owner = "somebody", Priority = 1 }));

        ExpectTold(capture, InterferenceKind.FilterBefore, "left ingress: filter somebody/tc_foreign");
    }

    [RootFact(Kernel = "6.6")]
    public void AForeignTcxProgramIsToldAndForgottenOnceItHasGone()
    {
        var (left, right) = TestNamespace.CreatePair();
        using var host = left;
        using var other = right;
        using var foreign = CountedPrograms.Load("tc_foreign");
        using var capture = RunningCapture.Start(host, "left");
        using (host.Run(() => TcxLink.Attach(foreign["tc_foreign"], host.Ifindex("left"), TcDirection.Egress)))
            ExpectTold(capture, InterferenceKind.TcxBefore, "left egress: tcx program tc_foreign");

        Assert.True(capture.Comes(asked => asked.Interference.Present.Count == 0, s_limit));
        Assert.Equal(1UL, capture.Ask(asked => asked.Interference.Noticed[(int)InterferenceKind.TcxBefore]));
    }

    [RootFact]
    public void AnXdpProgramThatCameAfterUsIsTold()
    {
        var (left, right) = TestNamespace.CreatePair();
        using var host = left;
        using var other = right;
        using var foreign = CountedPrograms.Load("xdp_count");
        using var capture = RunningCapture.Start(host, "left");
        using var link = host.Run(() => XdpLink.Attach(foreign["xdp_count"], host.Ifindex("left"), XdpMode.Generic));

        ExpectTold(capture, InterferenceKind.Xdp, "left: XDP program xdp_count");
    }

    [RootFact(Kernel = "6.6")]
    public void AForeignProgramIsToldInTimeAlsoWhileInterfacesComeAndGo()
    {
        var (left, right) = TestNamespace.CreatePair();
        using var host = left;
        using var other = right;
        using var foreign = CountedPrograms.Load("tc_foreign");
        using var capture = RunningCapture.Start(host, "left", "come*");
        using var crowd = new InterfaceTraffic(host);
        Assert.True(SpinWait.SpinUntil(() => crowd.Made > 4 * InterfaceTraffic.AtOnce, s_limit + s_limit));
        using var link = host.Run(() => TcxLink.Attach(foreign["tc_foreign"], host.Ifindex("left"), TcDirection.Ingress));

        ExpectTold(capture, InterferenceKind.TcxBefore, "left ingress: tcx program tc_foreign");
    }

    [RootFact]
    public void ASecondAgentIsToldByBothAndBothSeeEverything()
    {
        var (left, right) = TestNamespace.CreatePair();
        using var host = left;
        using var other = right;
        using var first = RunningCapture.Start(host, "left");
        using var second = RunningCapture.Start(host, "left");

        ExpectSecond(first);
        ExpectSecond(second);
        ExpectCounting(first, host, other);
        ExpectCounting(second, host, other);
    }

    private static void ExpectSecond(RunningCapture capture)
    {
        Assert.True(capture.Comes(asked => asked.Interference.Present.Count == 2, s_limit));
        Assert.All(capture.Ask(asked => asked.Interference.Present), one => Assert.Equal(InterferenceKind.SecondAgent, one.Kind));
    }

    private static void ExpectTold(RunningCapture capture, InterferenceKind kind, string begins)
    {
        Assert.True(capture.Comes(asked => asked.Interference.Present.Count > 0, s_limit));
        var one = Assert.Single(capture.Ask(asked => asked.Interference.Present));
        Assert.Equal(("left", kind), (one.Interface, one.Kind));
        Assert.StartsWith(begins, one.Message, StringComparison.Ordinal);
        Assert.Equal([one.Message], capture.Warnings);
    }

    /// <summary>The interface's own counter is the judge of what passes from now on.</summary>
    private static void ExpectCounting(RunningCapture capture, TestNamespace host, TestNamespace other)
    {
        var device = host.Ifindex("left");
        var (wireBefore, seenBefore) = (Received(host, device), capture.Total(device, egress: false).Packets);
        other.Ping("10.9.9.1", 5);

        var watch = Stopwatch.StartNew();
        while (capture.Total(device, egress: false).Packets - seenBefore != Received(host, device) - wireBefore && watch.Elapsed < s_limit)
            Thread.Sleep(10);

        Assert.InRange(Received(host, device) - wireBefore, 5UL, 1000UL);
        Assert.Equal(Received(host, device) - wireBefore, capture.Total(device, egress: false).Packets - seenBefore);
    }

    private static ulong Received(TestNamespace host, int device) => host.Run(() => NetworkDevices.Find(device)!.Counters.ReceivedPackets);

    private static IReadOnlyList<TcHookEntry> Entries(TestNamespace host, TcDirection direction) =>
        host.Run(() => TcHook.Query(host.Ifindex("left"), direction).Entries);
}
