using Rheo.Bpf;
using Rheo.Bpf.Netlink;
using Rheo.Capture;
using Rheo.KernelTests.Links;
using Rheo.Model;
using Xunit;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>Many interfaces at once, as when a node starts its containers.</summary>
public sealed class InterfaceCrowdTests
{
    private const int Pairs = 20;
    private const int Ends = 2 * Pairs;
    private const int FirstInARow = 8; // as long as some have no hook, so many of these for one that gets its second

    [RootFact]
    public void EachIsSeenBeforeMostAreSeenBothWays()
    {
        using var space = TestNamespace.Create();
        space.Run(() =>
        {
            using var capture = FlowCapture.Open(new CaptureOptions(), new ConversationTable(new ConversationTableOptions()));
            AddPairs(space);
            var indexes = NetworkDevices.List().Where(device => !device.IsLoopback).Select(device => device.Index).ToList();
            var rounds = 0;

            for (; capture.IsAttaching || capture.Attached.Count <= Ends; rounds++)
            {
                capture.Poll(TimeSpan.Zero);
                var (ingress, egress) = (Hooked(indexes, TcDirection.Ingress), Hooked(indexes, TcDirection.Egress));
                Assert.True(ingress == Ends || egress <= (ingress / FirstInARow) + 1, $"{ingress} have a first hook, {egress} a second");
                Assert.True(rounds < 10_000, $"after {rounds} rounds {ingress} and {egress} of {Ends} are there");
            }

            Assert.Equal((Ends, Ends), (Hooked(indexes, TcDirection.Ingress), Hooked(indexes, TcDirection.Egress)));
            Assert.Empty(capture.Warnings);
        });
    }

    [RootFact]
    public void ThoseThatWentBeforeTheirTurnAreNeitherAttachedNorWarnedOf()
    {
        using var space = TestNamespace.Create();
        space.Run(() =>
        {
            using var capture = FlowCapture.Open(new CaptureOptions(), new ConversationTable(new ConversationTableOptions()));
            AddPairs(space);
            for (var pair = 0; pair < Pairs; pair++)
                space.Ip($"link del a{pair}");
            space.Ip("link add last type veth peer name peer");

            while (capture.IsAttaching || capture.Attached.Count < 3)
                capture.Poll(TimeSpan.FromMilliseconds(10));

            Assert.Equal(["last (tcx)", "lo (tcx)", "peer (tcx)"], capture.Attached.Select(line => line.Replace("cls_bpf", "tcx", StringComparison.Ordinal)));
            Assert.Empty(capture.Warnings);
        });
    }

    private static void AddPairs(TestNamespace space)
    {
        for (var pair = 0; pair < Pairs; pair++)
            space.Ip($"link add a{pair} type veth peer name b{pair}");
    }

    private static int Hooked(List<int> indexes, TcDirection direction) => indexes.Count(index => TcHook.Query(index, direction).Entries.Count > 0);
}
