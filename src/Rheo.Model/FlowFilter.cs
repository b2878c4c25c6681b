using Rheo.Model.Filters;

namespace Rheo.Model;

/// <summary>A filter over conversations, written in the words of pcap-filter(7) and in <c>key:value</c> for what packets do not carry.</summary>
/// <remarks>
/// <para>
/// Words: <c>host</c>, <c>net</c> (<c>10.0.0.0/8</c>, <c>10</c>, <c>10.0.0.0 mask 255.0.0.0</c>), <c>port</c>, <c>portrange</c>,
/// <c>src</c>, <c>dst</c>, <c>src or dst</c>, <c>src and dst</c>, <c>ip</c>, <c>ip6</c>, <c>arp</c>, <c>tcp</c>, <c>udp</c>, <c>icmp</c>,
/// <c>icmp6</c>, <c>sctp</c> and other protocols, <c>proto N</c>, <c>vlan [id]</c>, <c>vxlan [vni]</c>, <c>geneve [vni]</c>, joined by
/// <c>and</c>, <c>or</c>, <c>not</c> (<c>&amp;&amp;</c>, <c>||</c>, <c>!</c>) and parentheses.
/// </para>
/// <para>
/// As in pcap-filter, <c>and</c> and <c>or</c> bind alike and group from the left, <c>not</c> binds tighter, and a value without
/// qualifiers takes over the last ones: <c>tcp port 80 or 443</c>.
/// </para>
/// <para>
/// Unlike there, <c>src</c> and <c>dst</c> are the ends of the conversation and not of a packet: <c>src host X</c> means that X opened
/// it, and both of its directions pass.
/// </para>
/// <para>
/// Keys (<see cref="Keys"/>): <c>interface:eth*</c>, <c>state:established</c>, <c>rtt:&gt;10ms</c>, <c>bytes:1M..</c> and others; several values
/// with commas between them mean any of them.
/// </para>
/// <para>Threads: any; a filter never changes.</para>
/// </remarks>
public sealed class FlowFilter
{
    private readonly FilterNode _root;
    private readonly FilterContext _context;

    private FlowFilter(string text, FilterNode root, FilterContext context)
    {
        Text = text;
        _root = root;
        _context = context;
    }

    /// <summary>The longest filter that is read: 65,536 characters.</summary>
    public const int MaxLength = 65_536;

    /// <summary>Matches every conversation.</summary>
    public static FlowFilter All { get; } = Parse("");

    /// <summary>The keys that may stand before a colon.</summary>
    public static IReadOnlyList<FilterKeyInfo> Keys { get; } = [.. FilterKeys.All.Select(key => key.Info)];

    /// <summary>The filter as it was written.</summary>
    public string Text { get; }

    /// <summary>Whether it asks whose the ends are.</summary>
    public bool NeedsOwners => _root.NeedsOwners;

    /// <summary>Whether it asks for paths or rates, which a conversation's outline does not have.</summary>
    internal bool NeedsView => _root.NeedsView;

    /// <summary>Reads a filter; an empty one matches everything.</summary>
    /// <param name="text">What somebody wrote.</param>
    /// <param name="subject">What it chooses among: a key that has no meaning there would match nothing, and is refused instead.</param>
    /// <exception cref="FilterException">It cannot be understood; the exception says where and what would fit.</exception>
    public static FlowFilter Parse(string text, FilterSubject subject = FilterSubject.Conversation)
    {
        if (text.Length > MaxLength)
            throw new FilterException(MaxLength + 1, $"{text.Length} characters", $"at most {MaxLength}");
        return new FlowFilter(text, FilterParser.Parse(text, subject), FilterContext.Empty);
    }

    /// <summary>The same filter where names are known; without, it knows interfaces by their index alone.</summary>
    public FlowFilter In(FilterContext context) => new(Text, _root, context);

    /// <summary>Whether the conversation passes.</summary>
    /// <remarks>Cost: no allocation.</remarks>
    public bool Matches(in Conversation conversation) => _root.Matches(in conversation, _context);

    /// <summary>The filter as it was written.</summary>
    public override string ToString() => Text;
}
