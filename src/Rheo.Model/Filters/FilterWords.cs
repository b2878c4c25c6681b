namespace Rheo.Model.Filters;

/// <summary>The words of the language: which they are, and which is most like a mistyped one.</summary>
internal static class FilterWords
{
    /// <summary>Protocols that may stand before a term or be one.</summary>
    public static readonly string[] Protocols =
        ["ip", "ip6", "arp", "tcp", "udp", "icmp", "icmp6", "sctp", "dccp", "udplite", "igmp", "gre", "esp", "ah", "pim", "vrrp", "ospf"];

    private static readonly string[] Others =
        ["host", "net", "port", "portrange", "proto", "src", "dst", "vlan", "vxlan", "geneve", "and", "or", "not"];

    private static readonly string[] BeforeValue = ["host", "net", "port", "portrange", "proto", "src", "dst", "vlan", "vxlan", "geneve"];

    // pcap-filter words about one packet or its link layer, which a conversation cannot answer.
    private static readonly string[] PacketWords =
    [
        "ether", "link", "gateway", "broadcast", "multicast", "less", "greater", "len", "inbound", "outbound", "mpls", "pppoed", "pppoes",
        "rarp", "wlan", "protochain", "ifname", "on", "dir", "type", "subtype", "llc", "iso", "stp", "atalk", "decnet",
    ];

    public static bool IsKeyword(string word) => Array.IndexOf(Protocols, word) >= 0 || Array.IndexOf(Others, word) >= 0;

    public static bool IsPacketWord(string word) => Array.IndexOf(PacketWords, word) >= 0 || word.AsSpan().ContainsAny("[]<>=");

    /// <summary>The term that a protocol word stands for; null for another word.</summary>
    public static FilterNode? ProtocolOf(string word) => word switch
    {
        "ip" => new NetworkTerm(NetworkType.IPv4),
        "ip6" => new NetworkTerm(NetworkType.IPv6),
        "arp" => new NetworkTerm(NetworkType.Arp),
        _ when Array.IndexOf(Protocols, word) >= 0 && Transport.TryParse(word, out var protocol) => new ProtocolTerm(protocol),
        _ => null,
    };

    /// <summary>The keyword that differs least from a word, if that is little; null otherwise.</summary>
    public static string? Like(string word) => Nearest(word, [.. Protocols, .. Others]);

    /// <summary>The word before a value that is this one or differs least from it; null where none is like it.</summary>
    public static string? LikeBeforeValue(string word) => Array.IndexOf(BeforeValue, word) >= 0 ? word : Nearest(word, BeforeValue);

    /// <summary>The candidate that differs least from a word: by one character, or two in words of five and more.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        if (word.Length is < 2 or > 20)
            return null;
        var best = (Distance: word.Length < 5 ? 2 : 3, Word: (string?)null);
        foreach (var candidate in candidates)
        {
            var distance = Distance(word, candidate);
            if (distance < best.Distance)
                best = (distance, candidate);
        }
        return best.Word;
    }

    // Levenshtein's, with neighbours swapped counting as one.
    private static int Distance(string left, string right)
    {
        var rows = new int[left.Length + 1, right.Length + 1];
        for (var row = 0; row <= left.Length; row++)
        {
            for (var column = 0; column <= right.Length; column++)
                rows[row, column] = Step(rows, left, right, row, column);
        }
        return rows[left.Length, right.Length];
    }

    private static int Step(int[,] rows, string left, string right, int row, int column)
    {
        if (row == 0 || column == 0)
            return row + column;
        var change = left[row - 1] == right[column - 1] ? 0 : 1;
        var least = Math.Min(Math.Min(rows[row - 1, column], rows[row, column - 1]) + 1, rows[row - 1, column - 1] + change);
        var swapped = row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1];
        return swapped ? Math.Min(least, rows[row - 2, column - 2] + 1) : least;
    }
}
