namespace Rheo.Warden;

/// <summary>How soon a core follows one that died, and when it is in vain.</summary>
internal struct RestartPace
{
    /// <summary>A core that was ready so long has proved that it can run.</summary>
    internal static readonly TimeSpan Settled = TimeSpan.FromSeconds(1);

    /// <summary>A new core is there within a second, and a core that dies at its start costs less than a tenth of a CPU.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(800);

    /// <summary>Some 15 s of vain attempts: then nobody reads, and nothing may stay attached.</summary>
    private const int MostFailures = 20;

    /// <summary>Failures in a row.</summary>
    internal int Failures { get; private set; }

    /// <summary>There is to be no other.</summary>
    internal readonly bool IsInVain => Failures >= MostFailures;

    /// <summary>When the next one is due, from the last failure on.</summary>
    internal readonly TimeSpan Delay =>
        TimeSpan.FromMilliseconds(Math.Min(LongestDelay.TotalMilliseconds, Failures < 2 ? 0 : 50 * Math.Pow(2, Failures - 2)));

    /// <summary>One died that had been ready so long; zero: never, or none could be started.</summary>
    internal void Fail(TimeSpan readyFor) => Failures = readyFor > Settled ? 0 : Failures + 1;
}
