using Rheo.Model;

namespace Rheo;

/// <summary>A mistake in a filter as a person wants to see it: what is wrong, and an arrow under the place.</summary>
public static class FilterPointer
{
    private const int Around = 50;

    /// <summary>Three lines without a line end: the message, the filter (a long one cut around the place), and the arrow.</summary>
    public static string Show(string filter, FilterException wrong)
    {
        var column = Math.Min(wrong.Column - 1, filter.Length);
        var from = Math.Max(0, column - Around);
        var to = Math.Min(filter.Length, column + Around);
        // Escapes are wider than what they stand for: the arrow is placed under what is shown.
        var before = (from > 0 ? "…" : "") + Text.Printable(filter[from..column]);
        var after = Text.Printable(filter[column..to]) + (to < filter.Length ? "…" : "");
        return $"{Text.Printable(wrong.Message)}\n  {before}{after}\n  {new string(' ', before.Length)}^";
    }
}
