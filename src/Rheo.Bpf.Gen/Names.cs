using System.Text;

namespace Rheo.Bpf.Gen;

/// <summary>Turns names of C into names of C#. Any text may come in (BTF is not trusted); an identifier comes out.</summary>
internal static class Names
{
    /// <summary><c>flow_slot</c> → <c>FlowSlot</c>, <c>NON_IP</c> → <c>NonIp</c>, <c>ip4Addr</c> → <c>Ip4Addr</c>.</summary>
    public static string Pascal(string name)
    {
        var result = new StringBuilder();
        foreach (var word in name.Split(NotWord(name), StringSplitOptions.RemoveEmptyEntries))
            result.Append(char.ToUpperInvariant(word[0])).Append(IsUpper(word) ? word[1..].ToLowerInvariant() : word[1..]);
        if (result.Length == 0 || char.IsAsciiDigit(result[0]))
            result.Insert(0, '_');
        return result.ToString();
    }

    /// <summary>The name, or the name with a number when it is taken already.</summary>
    public static string Unique(string name, ISet<string> taken)
    {
        var candidate = name;
        for (var number = 2; !taken.Add(candidate); number++)
            candidate = $"{name}_{number}";
        return candidate;
    }

    /// <summary>
    /// What all names share, up to an underscore: <c>FLOW_</c> of FLOW_EMPTY and FLOW_IP4. Never so much that a name would begin
    /// with a digit or vanish.
    /// </summary>
    public static string CommonPrefix(IReadOnlyList<string> names)
    {
        if (names.Count == 0)
            return "";
        for (var end = names[0].LastIndexOf('_'); end > 0; end = names[0].LastIndexOf('_', end - 1))
        {
            var prefix = names[0][..(end + 1)];
            if (names.All(name => IsNamedAfter(name, prefix)))
                return prefix;
        }

        return "";
    }

    private static bool IsNamedAfter(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal) && name.Length > prefix.Length && char.IsAsciiLetter(name[prefix.Length]);

    private static bool IsUpper(string word) => !word.Any(char.IsAsciiLetterLower);

    private static char[] NotWord(string name) => [.. name.Where(letter => !char.IsAsciiLetterOrDigit(letter)).Distinct()];
}
