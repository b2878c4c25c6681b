using System.Text.RegularExpressions;

namespace Rheo.Bpf.Gen;

/// <summary>Finds where a C type is declared, in the files that the compiler says it read. BTF itself knows no lines for types.</summary>
internal sealed class SourceLines(IReadOnlyList<string> files)
{
    /// <summary>Reads a dependency file of make: <c>target: file file \</c>.</summary>
    public static SourceLines FromDependencies(string path)
    {
        if (path.Length == 0 || !File.Exists(path))
            return new SourceLines([]);
        var text = File.ReadAllText(path).Replace("\\\n", " ", StringComparison.Ordinal);
        var list = text[(text.IndexOf(": ", StringComparison.Ordinal) + 1)..];
        return new SourceLines(list.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary><c>file(line)</c> of a type, or of its member where it can be told; null when no file declares it.</summary>
    public string? Find(string cType, string member)
    {
        foreach (var file in files.Where(File.Exists))
        {
            var text = File.ReadAllText(file);
            var at = Declaration(text, cType);
            if (at >= 0)
                return $"{file}({1 + text.AsSpan(0, Member(text, at, member)).Count('\n')})";
        }

        return files.Count > 0 ? files[0] : null;
    }

    private static int Declaration(string text, string cType)
    {
        var name = Regex.Escape(cType.Split(' ')[^1]);
        var pattern = Regex.IsMatch(cType, "^(struct|union|enum) ")
            ? $@"\b{cType.Split(' ')[0]}\s+{name}\s*\{{"
            : $@"\b{name}\s*(\[[^\]]*\]\s*)*(SEC\s*\([^)]*\)\s*)?(=|;)";
        var match = Regex.Match(text, pattern);
        return match.Success ? match.Index : -1;
    }

    private static int Member(string text, int declaration, string member)
    {
        if (member.Length == 0)
            return declaration;
        var open = text.IndexOf('{', declaration);
        var match = open < 0 ? Match.Empty : new Regex($@"\b{Regex.Escape(member)}\s*[\[:;,]").Match(text, open);
        return match.Success && match.Index < End(text, open) ? match.Index : declaration;
    }

    private static int End(string text, int open)
    {
        var depth = 0;
        for (var at = open; at < text.Length; at++)
        {
            depth += text[at] == '{' ? 1 : text[at] == '}' ? -1 : 0;
            if (depth == 0)
                return at;
        }

        return text.Length;
    }
}
