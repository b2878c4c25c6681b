using System.Globalization;

namespace Rheo;

/// <summary>Times as text: RFC 3339 in UTC, with nanoseconds.</summary>
public static class Rfc3339
{
    /// <summary>Characters of a time: <c>2026-01-31T23:59:59.123456789Z</c>.</summary>
    public const int Length = 30;

    /// <summary>Beyond the year 2200 nanoseconds would soon find no room in 64 bits.</summary>
    private const long MostTicks = 230L * 365 * TimeSpan.TicksPerDay;

    private static readonly char[] Zones = ['Z', '+', '-'];

    /// <summary>Writes nanoseconds since the Unix epoch; the span needs <see cref="Length"/> characters.</summary>
    public static void Format(long unixNs, Span<char> destination)
    {
        var time = DateTime.UnixEpoch.AddTicks(unixNs / 100);
        time.TryFormat(destination, out _, "yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture);
        var rest = (int)(unixNs % 100);
        destination[27] = (char)('0' + (rest / 10));
        destination[28] = (char)('0' + (rest % 10));
        destination[29] = 'Z';
    }

    /// <summary>Reads a time of any offset into nanoseconds since the Unix epoch; what is below a nanosecond is cut.</summary>
    public static bool TryParse(string text, out long unixNs)
    {
        unixNs = 0;
        var zone = text.LastIndexOfAny(Zones);
        var point = text.LastIndexOf('.');
        var fraction = point > 0 && zone > point ? text[(point + 1)..zone] : "";
        if (!text.Contains('T') || zone < text.IndexOf('T') || !fraction.All(char.IsAsciiDigit) || (point > 0 && fraction.Length == 0))
            return false;
        var whole = fraction.Length > 0 ? text.Remove(point, zone - point) : text;
        if (!DateTimeOffset.TryParseExact(whole, "yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return false;
        var ticks = time.UtcTicks - DateTime.UnixEpoch.Ticks;
        if (ticks is < 0 or > MostTicks)
            return false;
        unixNs = (ticks * 100) + int.Parse((fraction + "000000000")[..9], NumberStyles.None, CultureInfo.InvariantCulture);
        return true;
    }

    /// <summary>The time as a string.</summary>
    public static string Format(long unixNs) => string.Create(Length, unixNs, static (span, time) => Format(time, span));
}
