using Rheo.Bpf.Netlink;
using Rheo.Capture;
using Rheo.Model;
using Xunit;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>All that a capture of one interface has counted, and what it has lost.</summary>
internal sealed record Books
{
    internal required Traffic Received { get; init; }

    internal required Traffic Sent { get; init; }

    internal required ConversationTotals Live { get; init; }

    internal required ConversationTotals Ended { get; init; }

    internal required ConversationTotals Other { get; init; }

    internal required ConversationTotals Total { get; init; }

    internal required Ledger Ledger { get; init; }

    internal Traffic Lost => new(Ledger.LostPackets, Ledger.LostBytes);

    internal static Books Of(RunningCapture capture, int ifindex) => capture.AskSettled(asked => Of(asked, ifindex));

    /// <summary>The interface's own counters are the judge, of packets and of bytes.</summary>
    internal void ExpectBalance(DeviceCounters counters)
    {
        var onTheInterface = new Traffic(counters.ReceivedPackets + counters.SentPackets, counters.ReceivedBytes + counters.SentBytes);
        Assert.Equal(onTheInterface, Received + Sent + Lost);
        Assert.Equal(onTheInterface, Live.Traffic + Ended.Traffic + Other.Traffic + Lost);
        Assert.Equal(onTheInterface, Total.Traffic + Lost);
        Assert.Equal(Total.Conversations, Live.Conversations + Ended.Conversations + Other.Conversations);
    }

    private static Books Of(FlowCapture capture, int ifindex) => new()
    {
        Received = RunningCapture.Sum(capture.Totals, ifindex, egress: false),
        Sent = RunningCapture.Sum(capture.Totals, ifindex, egress: true),
        Live = capture.Conversations.Live,
        Ended = capture.Conversations.Ended,
        Other = capture.Conversations.Other,
        Total = capture.Conversations.Total,
        Ledger = capture.Ledger,
    };
}
