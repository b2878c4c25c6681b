using System.Globalization;

namespace Rheo;

/// <summary>Durations as people write them: <c>500ms</c>, <c>10s</c>, <c>1.5m</c>, <c>1h</c>; a bare number is seconds.</summary>
public static class Duration
{
    private static readonly (string Suffix, double Seconds)[] Units =
        [("ms", 0.001), ("us", 0.000_001), ("s", 1), ("m", 60), ("h", 3600), ("d", 86400), ("", 1)];

    /// <summary>Reads a duration greater than zero and at most 365 days.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        foreach (var (suffix, seconds) in Units)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal))
                return TryScale(text.AsSpan(0, text.Length - suffix.Length), seconds, out duration);
        }

        return false;
    }

    private static bool TryScale(ReadOnlySpan<char> number, double unit, out TimeSpan duration)
    {
        duration = default;
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            return false;
        var seconds = value * unit;
        if (seconds is not (> 0 and <= 365 * 86400.0))
            return false;
        duration = TimeSpan.FromSeconds(seconds);
        return duration > TimeSpan.Zero;
    }
}
