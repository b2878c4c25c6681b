using System.Globalization;
using System.Text;
using Rheo.Bench.Measure;

namespace Rheo.Bench.Results;

/// <summary>Figures as a table that both a terminal and a Markdown page show well.</summary>
internal static class Table
{
    private static readonly string[] Heads = ["figure", "goal", "median [least – most]", "unit", "", "remarks"];

    public static string Write(IEnumerable<Figure> figures)
    {
        var rows = figures.Select(Cells).Prepend(Heads).ToList();
        var widths = Enumerable.Range(0, Heads.Length - 1).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            Append(text, row, widths);
            if (row == Heads)
                text.Append('|').AppendJoin('|', widths.Select(width => new string('-', width + 2))).Append("|---|\n");
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string[] row, int[] widths)
    {
        for (var column = 0; column < widths.Length; column++)
            text.Append("| ").Append(row[column].PadRight(widths[column])).Append(' ');
        text.Append("| ").Append(row[^1]).Append(" |\n");
    }

    private static string[] Cells(Figure figure) =>
    [
        figure.Name,
        figure.Goal is { } goal ? $"{(goal.AtMost ? "≤" : "≥")} {Number(goal.Limit)}" : "",
        $"{Number(figure.Value.Median)} [{Number(figure.Value.Min)} – {Number(figure.Value.Max)}]",
        figure.Unit,
        figure.IsMet switch { true => "met", false => "**missed**", null => "" },
        figure.Note,
    ];

    // Three digits that mean something, and no more.
    private static string Number(double value) =>
        value.ToString(
            Math.Abs(value) switch { 0 => "0", >= 100 => "#,0", >= 10 => "0.0", >= 1 => "0.00", _ => "0.000" },
            CultureInfo.InvariantCulture);
}
