namespace Rheo.Terminal.Top;

/// <summary>A line of bars, one a second, the newest at the right.</summary>
public static class Spark
{
    /// <summary>Draws the last of the numbers in as many columns; blank where nothing is known.</summary>
    /// <remarks>The greatest shown is a full bar; anything above zero is at least the lowest.</remarks>
    public static string Line(IReadOnlyList<float> values, int width, Glyphs glyphs)
    {
        var greatest = 0f;
        for (var at = Math.Max(0, values.Count - width); at < values.Count; at++)
            greatest = Math.Max(greatest, float.IsNaN(values[at]) ? 0 : values[at]);
        return string.Create(width, (values, greatest, glyphs.Bars), static (line, state) =>
        {
            for (var at = 0; at < line.Length; at++)
            {
                var index = state.values.Count - line.Length + at;
                line[at] = index < 0 || float.IsNaN(state.values[index]) ? ' ' : Bar(state.values[index], state.greatest, state.Bars);
            }
        });
    }

    private static char Bar(float value, float greatest, string bars) =>
        value <= 0 ? bars[0] : bars[1 + Math.Min(bars.Length - 2, (int)(value / greatest * (bars.Length - 1)))];
}
