using System.Numerics;
using Rheo.Bpf;
using Rheo.Bpf.Netlink;
using Rheo.Capture;
using Rheo.Model;
using Xunit;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>Every packet and byte that an interface has counted is in a flow, or in the ledger: exactly.</summary>
public sealed class BalanceTests
{
    private const ulong Packets = 5_000_000;

    // What the tables of all CPUs hold together, of both kinds: the wide one has a quarter as many entries.
    private const int TableEntries = 16_384;

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(3);

    private static CaptureOptions Options => new()
    {
        Interfaces = [FloodedWire.Device],
        TableEntries = (int)BitOperations.RoundUpToPowerOf2((uint)(TableEntries * 4 / 5 / PossibleCpus.Count)) / 2,
    };

    [RootFact(Kernel = "5.18")]
    public void FiveMillionPacketsOfMoreFlowsThanTheTableHoldsAreAllCounted()
    {
        using var wire = FloodedWire.Create();
        using var capture = RunningCapture.Start(wire.Space, Options, new ConversationTableOptions { MaxConversations = 2 * FloodedWire.Flows });

        wire.SendUntil(Packets, capture.AwaitRound);

        var books = Books.Of(capture, wire.Index);
        Assert.Equal(0UL, books.Ledger.LostPackets);
        Assert.Equal((ulong)FloodedWire.Flows, books.Total.Conversations);
        Assert.InRange(books.Ledger.FlowsHandedOver, Packets / 2, Packets); // most packets met another flow in their slot
        books.ExpectBalance(wire.Settled());
    }

    [RootFact(Kernel = "5.18")]
    public void WhatIsPushedOutWhileNobodyReadsIsInTheLedger()
    {
        using var wire = FloodedWire.Create();
        using var capture = RunningCapture.Start(wire.Space, Options);

        wire.SendUntil(Packets / 5, capture.AwaitRound);
        capture.Pause(s_pause, () => wire.SendUntil(Packets * 4 / 5));
        wire.SendUntil(Packets, capture.AwaitRound);

        var books = Books.Of(capture, wire.Index);
        Assert.InRange(books.Ledger.LostPackets, Packets / 2, Packets * 3 / 5);
        Assert.InRange(books.Other.Conversations, 1UL, books.Total.Conversations); // the table of conversations was full, too
        books.ExpectBalance(wire.Settled());
    }

    [RootFact(Kernel = "5.18")]
    public void TheMetricsOfAnAgentThatWasStoppedForSecondsBalance()
    {
        using var wire = FloodedWire.Create();
        using var agent = RheoProcess.StartAgent(wire.Space, "-i", FloodedWire.Device);

        wire.SendUntil(Packets / 5);
        agent.Pause(s_pause, () => wire.SendUntil(Packets * 4 / 5));
        wire.SendUntil(Packets);

        var counters = wire.Settled();
        var page = agent.AwaitMetrics(page => IsBalanced(page, counters));
        Assert.Equal(counters.ReceivedPackets, page.Sum("rheo_flow_packets_total", "receive") + page.Sum("rheo_lost_packets_total"));
        Assert.Equal(counters.ReceivedBytes, page.Sum("network_flow_io_bytes_total", "receive") + page.Sum("rheo_lost_bytes_total"));
        Assert.Equal(counters.ReceivedPackets, page.Sum("rheo_conversation_packets_total") + page.Sum("rheo_lost_packets_total"));
        Assert.Equal(counters.ReceivedBytes, page.Sum("rheo_conversation_bytes_total") + page.Sum("rheo_lost_bytes_total"));
        Assert.InRange(page.Sum("rheo_lost_packets_total"), Packets / 10, Packets);
    }

    private static bool IsBalanced(MetricsPage page, DeviceCounters counters) =>
        page.Sum("rheo_flow_packets_total", "receive") + page.Sum("rheo_lost_packets_total") == counters.ReceivedPackets;
}
