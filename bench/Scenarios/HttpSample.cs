using System.Globalization;

namespace Rheo.Bench.Scenarios;

/// <summary>What wrk says of one run.</summary>
internal readonly record struct HttpSample(double RequestsPerSecond, double P99Us)
{
    public static HttpSample Parse(string report)
    {
        var lines = report.Split('\n');
        var rate = Last(lines.First(line => line.StartsWith("Requests/sec", StringComparison.Ordinal)));
        var p99 = Last(lines.First(line => line.TrimStart().StartsWith("99%", StringComparison.Ordinal)));
        return new HttpSample(double.Parse(rate, CultureInfo.InvariantCulture), Microseconds(p99));
    }

    private static string Last(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1].Trim();

    // "812.00us", "1.23ms", "1.01s"
    private static double Microseconds(string text)
    {
        var number = double.Parse(text.TrimEnd('u', 'm', 's'), CultureInfo.InvariantCulture);
        return text.EndsWith("us", StringComparison.Ordinal) ? number
            : text.EndsWith("ms", StringComparison.Ordinal) ? number * 1e3
            : number * 1e6;
    }
}
