using Rheo.Model;

namespace Rheo;

/// <summary>The words by which conversations are sorted, on the command line and in the API; the greatest or latest come first.</summary>
public static class SortWords
{
    private static readonly (string Word, ConversationOrder Order)[] Known =
    [
        ("bytes", ConversationOrder.Bytes), ("packets", ConversationOrder.Packets), ("rate", ConversationOrder.RateTenSeconds),
        ("rtt", ConversationOrder.HandshakeRtt), ("last", ConversationOrder.LastSeen), ("first", ConversationOrder.FirstSeen),
    ];

    /// <summary>All of them, for a message: <c>bytes, packets, rate, rtt, last, first</c>.</summary>
    public static string List { get; } = string.Join(", ", Known.Select(pair => pair.Word));

    /// <summary>The word of an order; a rate over another time than ten seconds is a rate all the same.</summary>
    public static string Of(ConversationOrder order)
    {
        foreach (var (word, value) in Known)
        {
            if (value == order)
                return word;
        }

        return "rate";
    }

    /// <summary>Finds the order that a word names.</summary>
    public static bool TryParse(string word, out ConversationOrder order)
    {
        foreach (var (known, value) in Known)
        {
            order = value;
            if (known == word)
                return true;
        }

        order = default;
        return false;
    }
}
