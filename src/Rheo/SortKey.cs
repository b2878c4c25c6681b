using Rheo.Model;

namespace Rheo;

/// <summary>What a conversation is sorted by: the greatest comes first.</summary>
public static class SortKey
{
    /// <summary>The number that an order compares; conversations without one come last.</summary>
    public static double Of(in Conversation flow, ConversationOrder order) => order switch
    {
        ConversationOrder.Packets => flow.Traffic.Packets,
        ConversationOrder.RateOneSecond => flow.Rates.OneSecond.Bytes,
        ConversationOrder.RateTenSeconds => flow.Rates.TenSeconds.Bytes,
        ConversationOrder.RateOneMinute => flow.Rates.OneMinute.Bytes,
        ConversationOrder.FirstSeen => flow.FirstSeenNs,
        ConversationOrder.LastSeen => flow.LastSeenNs,
        ConversationOrder.HandshakeRtt => flow.HandshakeRttNs ?? -1,
        _ => flow.Traffic.Bytes,
    };
}
