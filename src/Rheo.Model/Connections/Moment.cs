namespace Rheo.Model.Connections;

/// <summary>A moment in nanoseconds since the Unix epoch; 0: unknown.</summary>
internal static class Moment
{
    /// <summary>The same moment by a clock that was set; unknown stays unknown.</summary>
    internal static long Shift(long momentNs, long byNs) => momentNs == 0 ? 0 : momentNs + byNs;
}
