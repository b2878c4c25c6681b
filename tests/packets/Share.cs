using System.Globalization;

namespace Rheo.Packets;

/// <summary>
/// How much of what a test repeats is to be done: all of it, or one in as many as <c>RHEO_SHARE</c> says, where the processor is an
/// emulated one.
/// </summary>
public static class Share
{
    private static readonly int s_oneOf = int.Parse(Environment.GetEnvironmentVariable("RHEO_SHARE") ?? "1", CultureInfo.InvariantCulture);

    /// <summary>As many of a number of turns, one at least.</summary>
    public static int Of(int turns) => Math.Max(1, turns / s_oneOf);

    /// <summary>Some of a series, from all parts of it.</summary>
    public static IEnumerable<T> Of<T>(IEnumerable<T> series) => series.Where((_, at) => at % s_oneOf == 0);
}
