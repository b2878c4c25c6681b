using System.Globalization;

namespace Rheo;

/// <summary>Times as text: RFC 3339 in UTC, with nanoseconds.</summary>
public static class Rfc3339
{
    /// <summary>Characters of a time: <c>2026-01-31T23:59:59.123456789Z</c>.</summary>
    public const int Length = 30;

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

    /// <summary>The time as a string.</summary>
    public static string Format(long unixNs) => string.Create(Length, unixNs, static (span, time) => Format(time, span));
}
