using System.Diagnostics;
using Rheo.Bpf;

namespace Rheo.Capture;

/// <summary>
/// Asks the kernel for a second now and then how long our programs run. To keep the statistics costs every program on the machine
/// two readings of the clock a run (58 ns here), so they are never left on. Needs CAP_SYS_ADMIN; without it there are no samples.
/// </summary>
/// <param name="objects">The programs.</param>
/// <param name="interval">From one sample to the next; zero: never.</param>
internal sealed class ProgramSampler(FlowObjects objects, TimeSpan interval) : IDisposable
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(1);

    /// <summary>The first sample comes soon, so that whoever starts an agent sees its cost.</summary>
    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);

    private long _since = Stopwatch.GetTimestamp();
    private TimeSpan _wait = First < interval ? First : interval;
    private Dictionary<string, ProgramStatistics> _before = [];
    private StatisticsSwitch? _switch;

    /// <summary>All samples so far.</summary>
    internal ProgramSample Sample { get; private set; } = ProgramSample.None;

    /// <summary>Until it is time to begin or to end a sample.</summary>
    internal TimeSpan Patience => interval <= TimeSpan.Zero ? TimeSpan.MaxValue : (_switch is null ? _wait : Length) - Stopwatch.GetElapsedTime(_since);

    /// <summary>Begins or ends a sample when it is time.</summary>
    internal void Look()
    {
        var elapsed = Stopwatch.GetElapsedTime(_since);
        if (_switch is not null && elapsed >= Length)
            End(elapsed);
        else if (_switch is null && interval > TimeSpan.Zero && elapsed >= _wait)
            Begin();
    }

    public void Dispose() => _switch?.Dispose();

    private void Begin()
    {
        _wait = interval;
        _since = Stopwatch.GetTimestamp();
        try
        {
            _switch = StatisticsSwitch.TurnOn();
            _before = objects.Statistics();
        }
        catch (BpfException)
        {
            Sample = Sample with { Permitted = false };
        }
    }

    private void End(TimeSpan elapsed)
    {
        var last = objects.Statistics().Select(pair => Less(pair.Key, pair.Value, _before.GetValueOrDefault(pair.Key))).ToList();
        _switch!.Dispose();
        _switch = null;
        _since = Stopwatch.GetTimestamp();
        var sums = Sample.Programs.ToDictionary(runs => runs.Program);
        Sample = new ProgramSample
        {
            Permitted = true,
            Seconds = Sample.Seconds + elapsed.TotalSeconds,
            Last = last,
            Programs = [.. last.Select(runs => Plus(sums.GetValueOrDefault(runs.Program), runs))],
        };
    }

    private static ProgramRuns Less(string name, in ProgramStatistics after, in ProgramStatistics before) =>
        new(name, (ulong)(after.RunCount - before.RunCount), (ulong)(after.RunTimeNs - before.RunTimeNs));

    private static ProgramRuns Plus(in ProgramRuns sum, in ProgramRuns more) =>
        new(more.Program, sum.Runs + more.Runs, sum.RunTimeNs + more.RunTimeNs);
}
