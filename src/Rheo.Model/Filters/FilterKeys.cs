namespace Rheo.Model.Filters;

/// <summary>
/// The keys of the language. A new key is one line here: it is then known to every command, to the API and to the page, to the
/// messages about mistakes, and to <see cref="FlowFilter.Keys"/>.
/// </summary>
internal static class FilterKeys
{
    private const string Sizes = "a comparison or a range such as >1M, <=64Ki, 1M.. or 1k..10k";
    private const string Counts = "a number, a comparison or a range such as 1, >100, 10..20 or 10..";

    private static readonly (string Suffix, double Worth)[] Bytes =
    [
        ("kib", 1024), ("mib", 1 << 20), ("gib", 1 << 30), ("tib", 1L << 40), ("ki", 1024), ("mi", 1 << 20), ("gi", 1 << 30), ("ti", 1L << 40),
        ("kb", 1e3), ("mb", 1e6), ("gb", 1e9), ("tb", 1e12), ("k", 1e3), ("m", 1e6), ("g", 1e9), ("t", 1e12), ("b", 1),
    ];

    private static readonly (string Suffix, double Worth)[] Rates =
    [
        ("kbit/s", 125), ("mbit/s", 125e3), ("gbit/s", 125e6), ("bit/s", 0.125), ("kbit", 125), ("mbit", 125e3), ("gbit", 125e6), ("bit", 0.125),
        .. Bytes.Select(unit => (unit.Suffix + "/s", unit.Worth)), .. Bytes,
    ];

    private static readonly (string Suffix, double Worth)[] Times =
        [("ns", 1), ("us", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 60e9), ("h", 3600e9), ("d", 86_400e9)];

    private static readonly (string Suffix, double Worth)[] Thousands = [("k", 1e3), ("m", 1e6), ("g", 1e9)];

    /// <summary>All of them, in the order in which a help text shows them.</summary>
    public static IReadOnlyList<FilterKey> All { get; } =
    [
        new InterfaceKey(),
        FilterWordKeys.Transport,
        FilterWordKeys.Type,
        FilterWordKeys.State,
        FilterWordKeys.Flags,
        FilterWordKeys.Initiator,
        FilterWordKeys.Ended,
        FilterWordKeys.Tunnel,
        new NumberKey("vni", "is in a VXLAN or Geneve network of this number", Counts, [], VniOf) { IsExact = true },
        new NumberKey("rtt", "the handshake's round trip", "a comparison or a range such as >10ms, <500us or 1ms..10ms", Times,
            (in Conversation flow) => flow.HandshakeRttNs),
        new NumberKey("retransmits", "how often SYN or SYN-ACK were sent again", Counts, [],
            (in Conversation flow) => flow.SynRetransmits + flow.SynAckRetransmits) { IsExact = true },
        new NumberKey("bytes", "bytes both ways", Sizes, Bytes, (in Conversation flow) => flow.Traffic.Bytes),
        new NumberKey("sent", "bytes from source to destination", Sizes, Bytes, (in Conversation flow) => flow.Sent.Bytes),
        new NumberKey("received", "bytes from destination to source", Sizes, Bytes, (in Conversation flow) => flow.Received.Bytes),
        new NumberKey("packets", "packets both ways", Counts, Thousands, (in Conversation flow) => flow.Traffic.Packets) { IsExact = true },
        new NumberKey("rate", "bytes a second both ways, over ten seconds", "a comparison or a range such as >10k, >1Mbit or 1M..", Rates,
            (in Conversation flow) => flow.Rates.TenSeconds.Bytes) { NeedsView = true },
        new NumberKey("duration", "time from the first packet to the last", "a comparison or a range such as >10s, <1m or 1m..1h", Times,
            (in Conversation flow) => flow.FirstSeenNs > 0 ? flow.LastSeenNs - flow.FirstSeenNs : null),
        .. FilterOwnerKeys.All,
    ];

    private static readonly string[] NotOfConnections = ["interface", "flags", "tunnel", "vni", "rate"];

    private static readonly string[] OfDropsToo = ["interface", "transport", "type", "bytes", "packets"];

    /// <summary>Those that can be asked of what a filter chooses among.</summary>
    public static IEnumerable<FilterKey> Of(FilterSubject subject) => subject switch
    {
        FilterSubject.Connection => All.Where(key => !NotOfConnections.Contains(key.Name)),
        FilterSubject.Drop => All.Where(key => OfDropsToo.Contains(key.Name) || FilterOwnerKeys.All.Contains(key)),
        _ => All,
    };

    /// <summary>What a filter chooses among, in words.</summary>
    public static string Plural(FilterSubject subject) => subject switch
    {
        FilterSubject.Connection => "connections",
        FilterSubject.Drop => "dropped packets",
        _ => "conversations",
    };

    // What others call the same.
    private static readonly (string Other, string Ours)[] Synonyms =
    [
        ("iface", "interface"), ("if", "interface"), ("dev", "interface"), ("device", "interface"), ("ifname", "interface"), ("protocol", "transport"),
        ("l4", "transport"), ("family", "type"), ("status", "state"), ("flag", "flags"), ("tcpflags", "flags"), ("opener", "initiator"),
        ("latency", "rtt"), ("size", "bytes"), ("bps", "rate"), ("bandwidth", "rate"), ("age", "duration"), ("end", "ended"),
        ("comm", "process"), ("program", "process"), ("exe", "process"), ("pname", "process"), ("user", "uid"), ("cid", "container"), ("service", "unit"),
    ];

    public static FilterKey? Find(string name) => All.FirstOrDefault(key => key.Name == name);

    /// <summary>The key that somebody may have meant; null when none is like the word.</summary>
    public static string? Like(string word) =>
        Synonyms.FirstOrDefault(pair => pair.Other == word).Ours ?? FilterWords.Nearest(word, All.Select(key => key.Name));

    private static double? VniOf(in Conversation flow) =>
        flow.Tunnel.Id.Kind is TunnelKind.Vxlan or TunnelKind.Geneve ? flow.Tunnel.Id.Id : null;
}
