using System.Text;

namespace Rheo.Cli;

/// <summary>Fits the text after a command's help into a terminal's width.</summary>
internal static class HelpLayout
{
    /// <summary>What a pipe gets: most readers behind one (less, a mail, a note) show so many columns.</summary>
    internal const int Usual = 80;

    /// <summary>Longer lines are hard to read, however wide the terminal is.</summary>
    private const int Longest = 120;

    /// <summary>20: below a word and its margin the library throws, or never ends. Such a terminal breaks lines itself.</summary>
    private const int Shortest = 20;

    private const int ExampleIndent = 2;
    private const int MeaningIndent = 6;

    /// <summary>The width that suits a terminal of so many columns; zero: there is none.</summary>
    internal static int WidthOf(int columns) => columns > 0 ? Math.Clamp(columns, Shortest, Longest) : Usual;

    /// <summary>Breaks paragraphs anew, and puts what an example is for on a line of its own where both do not fit. An example itself is never broken: it is there to be copied.</summary>
    internal static string Fit(string after, int width)
    {
        var paragraphs = after.ReplaceLineEndings("\n").Split("\n\n").Select(paragraph =>
            paragraph.StartsWith("Examples:\n", StringComparison.Ordinal) ? Examples(paragraph, width) : Wrap(paragraph, width));
        return string.Join("\n\n", paragraphs);
    }

    private static string Examples(string paragraph, int width)
    {
        var lines = paragraph.Split('\n');
        if (lines.All(line => line.Length <= width))
            return paragraph;
        var text = new StringBuilder(lines[0]);
        foreach (var (command, meaning) in new Manual.HelpText(paragraph).Examples)
        {
            text.Append('\n').Append(' ', ExampleIndent).Append(command);
            if (meaning.Length > 0)
                text.Append('\n').Append(' ', MeaningIndent).Append(Wrap(meaning, width - MeaningIndent).Replace("\n", "\n" + new string(' ', MeaningIndent)));
        }

        return text.ToString();
    }

    private static string Wrap(string paragraph, int width)
    {
        var text = new StringBuilder();
        var used = 0;
        foreach (var word in paragraph.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            var isNew = used == 0 || used + 1 + word.Length > width;
            if (used > 0)
                text.Append(isNew ? '\n' : ' ');
            text.Append(word);
            used = isNew ? word.Length : used + 1 + word.Length;
        }

        return text.ToString();
    }
}
