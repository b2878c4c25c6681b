namespace Rheo.Model;

/// <summary>A filter over conversations, written in the words of pcap-filter(7).</summary>
public sealed class FlowFilter
{
    private FlowFilter(string text) => Text = text;

    /// <summary>Matches every conversation.</summary>
    public static FlowFilter All { get; } = new("");

    /// <summary>The filter as it was written.</summary>
    public string Text { get; }

    /// <summary>Reads a filter; an empty one matches everything.</summary>
    /// <exception cref="FilterException">It cannot be understood; the exception says where and what would fit.</exception>
    public static FlowFilter Parse(string text) => throw new NotSupportedException(text);

    /// <summary>Whether the conversation passes.</summary>
    /// <remarks>Cost: no allocation.</remarks>
    public bool Matches(in Conversation conversation) => Text.Length == 0 || conversation.Id < 0;

    /// <summary>The filter as it was written.</summary>
    public override string ToString() => Text;
}
