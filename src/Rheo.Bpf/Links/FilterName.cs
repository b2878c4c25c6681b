namespace Rheo.Bpf;

/// <summary>
/// The name of a filter of ours: <c>OWNER/PROGRAM@TOKEN</c>, with a <c>+</c> behind when its owner made the clsact qdisc. It is all that is
/// left of a killed process, so it holds what its successor must know.
/// </summary>
internal readonly record struct FilterName(string Owner, string Program, string Token, bool MadeQdisc)
{
    private const int TokenLength = 16;

    internal static bool TryParse(string text, out FilterName name)
    {
        name = default;
        var madeQdisc = text.EndsWith('+');
        var rest = madeQdisc ? text[..^1] : text;
        var at = rest.LastIndexOf('@');
        var slash = rest.IndexOf('/');
        if (slash <= 0 || at < slash || rest.Length - at - 1 != TokenLength || !rest[(at + 1)..].All(char.IsAsciiHexDigitLower))
            return false;
        name = new FilterName(rest[..slash], rest[(slash + 1)..at], rest[(at + 1)..], madeQdisc);
        return true;
    }

    public override string ToString() => $"{Owner}/{Program}@{Token}{(MadeQdisc ? "+" : "")}";
}
