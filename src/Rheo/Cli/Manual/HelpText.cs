using System.Text.RegularExpressions;

namespace Rheo.Cli.Manual;

/// <summary>The text after a command's help, in its parts: examples, what else is to be said, exit codes.</summary>
internal sealed partial class HelpText
{
    private const string ExamplesTitle = "Examples:";
    private const string ExitTitle = "Exit codes: ";

    private readonly string[] _paragraphs;

    /// <summary>Takes the text apart.</summary>
    public HelpText(string after) => _paragraphs = after.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Each example's command and what it is for.</summary>
    public IEnumerable<(string Command, string Meaning)> Examples => _paragraphs
        .Where(paragraph => paragraph.StartsWith(ExamplesTitle, StringComparison.Ordinal))
        .SelectMany(paragraph => paragraph.Split('\n')[1..])
        .Select(line => Gap().Split(line.Trim(), 2))
        .Select(parts => (parts[0], parts.Length > 1 ? parts[1] : ""));

    /// <summary>What is neither an example nor an exit code.</summary>
    public IEnumerable<string> Remarks => _paragraphs.Where(paragraph =>
        !paragraph.StartsWith(ExamplesTitle, StringComparison.Ordinal) && !paragraph.StartsWith(ExitTitle, StringComparison.Ordinal));

    /// <summary>The exit codes, if the text tells them.</summary>
    public string? ExitCodes => _paragraphs
        .FirstOrDefault(paragraph => paragraph.StartsWith(ExitTitle, StringComparison.Ordinal))?[ExitTitle.Length..];

    [GeneratedRegex("  +")]
    private static partial Regex Gap();
}
