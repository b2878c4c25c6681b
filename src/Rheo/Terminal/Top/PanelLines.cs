namespace Rheo.Terminal.Top;

/// <summary>Lines of a panel, folded to a screen: what follows the first of a line stands under its value and not under its name.</summary>
internal static class PanelLines
{
    // A name and two blanks at the least; those of both panels end before it.
    private const int LongestName = 16;

    // Below this a value has no room beside its name.
    private const int LeastRoom = 12;

    /// <summary>Folds each line that is wider; one that begins with a blank is a picture and is left alone.</summary>
    public static IEnumerable<string> Fold(IEnumerable<string> lines, int width)
    {
        foreach (var line in lines.Select(Text.Printable))
        {
            if (line.Length <= width || line[0] == ' ' || width < LeastRoom)
                yield return line;
            else
                foreach (var piece in Fold(line, width, Indent(line, width)))
                    yield return piece;
        }
    }

    private static IEnumerable<string> Fold(string line, int width, int indent)
    {
        var begin = "";
        while (begin.Length + line.Length > width)
        {
            var room = width - begin.Length;
            var at = line.LastIndexOf(' ', room, room + 1 - (begin.Length == 0 ? indent : 0));
            at = at <= 0 ? Whole(line, room) : at;
            yield return begin + line[..at].TrimEnd();
            line = line[at..].TrimStart();
            begin = new string(' ', indent);
        }

        yield return begin + line;
    }

    // Not between the halves of a character.
    private static int Whole(string line, int at) => char.IsLowSurrogate(line[at]) ? at - 1 : at;

    private static int Indent(string line, int width)
    {
        var gap = line.IndexOf("  ", StringComparison.Ordinal);
        if (gap is < 0 or > LongestName)
            return 2;
        var value = gap + line.AsSpan(gap).IndexOfAnyExcept(' ');
        return width - value < LeastRoom ? 2 : value;
    }
}
