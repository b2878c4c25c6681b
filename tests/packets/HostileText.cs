using System.Text;

namespace Rheo.Packets;

/// <summary>
/// Text as an enemy would send it: control bytes, terminal escapes, bidirectional and invisible characters, halves of characters,
/// markup, formulas, format strings. The same strings on every machine and in every run.
/// </summary>
public static class HostileText
{
    /// <summary>How many strings there are.</summary>
    public const int Count = 10_000;

    /// <summary>What a terminal, a browser or a spreadsheet must never get to act on; each is a whole attack.</summary>
    public static readonly IReadOnlyList<string> Attacks =
    [
        // Terminals: colour, clear, title, clipboard, report back, 8-bit controls, device control, links, bell, backspace over text.
        "\e[31mred", "\e[2J\e[H", "\e]0;title\a", "\e]52;c;ZWNobyBwd25lZA==\a", "\e[6n", "\e[c", "\u009b31m", "\u009d0;t\u009c",
        "\eP+q544e\e\\", "\e]8;;http://evil.example/\e\\link\e]8;;\e\\", "\a", "safe\b\b\b\bevil", "safe\revil", "a\nb: forged line", "a\r\nb",
        "\e[?1049h", "\e[8m hidden", "\ec", "\u000e\u000f", "\u007f", "\0", "a\0b", "\v\f", "\u0085next line", "\t\t\t",
        // Readers: order turned round, invisible, look-alike separators.
        "\u202egnp.exe", "\u202a\u202b\u202c\u202d", "\u2066\u2067\u2068\u2069", "\u200b\u200c\u200d\u2060", "\ufeffmark", "\u061cmark",
        "\u200e\u200f", "line\u2028separator", "paragraph\u2029separator", "soft\u00adhyphen", "\u180e\u3164\uffa0", "\ue000\uf8ff", "\ufffe\uffff",
        "\U000e0041\U000e0042tags", "z\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308algo", "\u2800\u00a0\u3000",
        // Halves of characters, and characters of two halves.
        "\ud800", "\udc00", "a\ud800b", "\udc00\ud800", "\ud83d\ude42", "\U0010ffff", "\ufffd",
        // Markup, attributes, scripts, templates.
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>", "' onmouseover='alert(1)", "javascript:alert(1)",
        "</title><script>1</script>", "<!--", "]]>", "&lt;b&gt;", "&#x1b;[31m", "{{7*7}}", "${7*7}", "<b>bold</b>", "</script><script>1</script>",
        // Spreadsheets, shells, logs, formats, JSON, YAML, metrics, paths.
        "=1+1", "+1+1", "-1+1", "@SUM(1+1)", "=cmd|' /C calc'!A0", "\t=1+1", "\r=1+1", "'=1", "a,b;c\td", "\"quoted\"", "a\"\"b",
        "$(id)", "`id`", "; rm -rf .", "| cat", "%s%n%x", "{0}{1}", "\\", "\\\\", "\\n", "\\x1b", "\\u{1b}", "\\\"", "\"}\n", "{\"a\":1}",
        "- a: b", "yes", "null", "~", "!!python/object", "*a", "&a", "# comment", ": ", "a: b", "%YAML 1.2", "---", "...", "? ", "|", ">",
        "name=\"x\"} 1\nevil 1", "../../etc/passwd", "..\\..", "/dev/null", "%2e%2e%2f", "%00", "%1b[31m", "..", ".", "", " ", "  trailing  ",
        // YAML that refers to itself, opens and never closes, or writes characters that there are not.
        "&a [*a, *a]", "<<: *a", "!!binary \"=\"", "{a: {a: {a: ", "[[[[[[", "%TAG ! tag:x,2000:", "%YAML 99999999999.1\n---\n", "\"\\UFFFFFFFF\"", "\"\\xZZ\"", "|99",
        // Numbers, durations, addresses and ranges at their edges.
        "-1", "0", "+1", "1e309", "NaN", "-Infinity", "0x10", "007", "1_000", "\u0663", "\uff11", "2147483648", "9223372036854775808", "18446744073709551616",
        "99999999999999999999999999999999", "1..", "..1", "5..1", "0s", "1e9d", "366d", "0.0000000001ms", "65536", "::", "[::]:65536", "1.2.3.4.5", "0.0.0.0/33",
        "::/129", "10.0.0.0/-1", "port:-1", "rtt:>1e309ms", "bytes:9999999999999999T..", "table,json", "RHEO", "[suggest:99999999999]", "@/etc/passwd",
    ];

    /// <summary>Much of the same: what is nested, repeated or never ends.</summary>
    public static IReadOnlyList<string> Long { get; } =
    [
        new('a', 100_000), new('9', 100_000), new('(', 50_000), new('[', 50_000), new('{', 50_000), new('\e', 50_000), Often("文", 30_000), Often("\ud800", 30_000),
        Often("../", 30_000), Often("%41", 30_000), Often("a,", 50_000), Often("not ", 20_000), Often("a: ", 20_000), Often("- ", 20_000), Often("a\n", 20_000),
        Often("&a [*a] ", 10_000), Often("tcp or ", 10_000), Often("z\u0301", 30_000), Often("? ", 20_000), Often("\"", 50_001), Often("a:\n ", 20_000),
    ];

    // Single characters at which filters break when they look at neighbours.
    private static readonly string[] Pieces =
    [
        "a", "eth0", "文", "🙂", "é", "e\u0301", " ", "\e", "\e[", "m", "\0", "\n", "\r", "\t", "\u007f", "\u0080", "\u009b", "\u009f",
        "\u202e", "\u200b", "\u2028", "\ud800", "\udfff", "\ufeff", "\uffff", "<", ">", "&", "'", "\"", "=", "\\", "\\x", ",", "%", "/",
    ];

    /// <summary>All strings: the attacks, each byte that text can hold, each attack in company, and pieces put together at random.</summary>
    public static IReadOnlyList<string> All { get; } = Make();

    /// <summary>
    /// The same as a machine would send it: bytes, a third of them damaged so that they are no UTF-8. No byte is zero, none is white
    /// space, '/' or ':', and there are at most 15: each can be the name of a network interface.
    /// </summary>
    public static IReadOnlyList<byte[]> InterfaceNames { get; } = All.Select(Name).Where(IsName).ToArray();

    /// <summary>Whether a character could steer a terminal, turn the order of a text round, or hide in it.</summary>
    public static bool Steers(Rune character) => Rune.IsControl(character) || character.Value is 0x200b or (>= 0x200e and <= 0x200f)
        or (>= 0x2028 and <= 0x202e) or (>= 0x2060 and <= 0x2069) or 0xfeff or 0xad or 0x61c;

    /// <summary>The first line in which something steers or hides, escaped; null when there is none.</summary>
    public static string? FirstSteered(string text) =>
        text.Split('\n').FirstOrDefault(line => line.EnumerateRunes().Any(Steers)) is { } line ? Uri.EscapeDataString(line) : null;

    private static string Often(string piece, int times) => string.Concat(Enumerable.Repeat(piece, times));

    private static List<string> Make()
    {
        var all = new List<string>(Attacks);
        for (var code = 0; code < 0x180; code++)
            all.Add(((char)code).ToString());
        foreach (var attack in Attacks)
            all.AddRange(["eth0" + attack, attack + "eth0", attack + attack]);
        var random = new Random(20260301);
        while (all.Count < Count)
            all.Add(Mixed(random));
        return all;
    }

    private static string Mixed(Random random)
    {
        var text = new StringBuilder();
        for (var left = random.Next(1, 9); left > 0; left--)
            text.Append(random.Next(6) == 0 ? Attacks[random.Next(Attacks.Count)] : Pieces[random.Next(Pieces.Length)]);
        return text.ToString();
    }

    private static byte[] Name(string text, int at)
    {
        var octets = Encoding.UTF8.GetBytes(text).Where(octet => IsOfName(octet)).Take(15);
        var name = octets.ToArray();
        if (at % 3 == 0 && name.Length > 0)
            name[at % name.Length] = (byte)(0x80 + (at % 0x80));
        return name;
    }

    // White space of the kernel's isspace (lib/ctype.c): 0xa0 too.
    private static bool IsOfName(byte octet) => octet is not (0 or (byte)'/' or (byte)':' or 0x20 or 0xa0 or (>= 9 and <= 13));

    // The kernel takes '%' for a pattern that it numbers.
    private static bool IsName(byte[] name) =>
        name.Length > 0 && !name.Contains((byte)'%') && Encoding.Latin1.GetString(name) is not ("." or "..") && name.All(IsOfName);
}
