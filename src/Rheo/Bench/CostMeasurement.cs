using Rheo.Bench.Machine;
using Rheo.Bench.Measure;
using Rheo.Bench.Observers;
using Rheo.Bench.Traffic;

namespace Rheo.Bench;

/// <summary>What it costs to watch a device at a packet rate, kernel and user space together.</summary>
/// <param name="wire">The wire that is watched.</param>
/// <param name="source">Who sends over it.</param>
/// <param name="length">How long each row is measured in each round.</param>
/// <param name="stop">Ends it before its time.</param>
internal sealed class CostMeasurement(Wire wire, PacketSource source, TimeSpan length, CancellationToken stop = default)
{
    private const int MostRepeats = 1;
    private const double LeastOfRate = 0.95;

    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromMilliseconds(500);

    private readonly TimeSpan _warmUp = length < LongestWarmUp ? length : LongestWarmUp;

    /// <summary>Measures all of them, and the reception by itself.</summary>
    /// <param name="rate">Packets a second.</param>
    /// <param name="rounds">How often.</param>
    /// <param name="contenders">Who watches.</param>
    /// <param name="tell">Is told the round, from 0, and the row before each measurement.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public CostRounds At(int rate, int rounds, IEnumerable<Contender> contenders, Action<int, string> tell)
    {
        Row<CostSample> Row(string name, Func<Wire, Observer?> start) => new(name, () => Quiet(rate, start));
        var rows = contenders.Select(one => Row(one.Name, one.Start)).Prepend(Row(Contender.Nobody, _ => null));
        return new CostRounds(rate, Rounds<CostSample>.Run(rounds, [.. rows], tell));
    }

    // A row whose packets did not come at their rate, since the machine did something else, is measured once more.
    private CostSample Quiet(int rate, Func<Wire, Observer?> start)
    {
        var sample = Sample(rate, start);
        for (var again = 0; again < MostRepeats && sample.Rate < LeastOfRate * rate; again++)
            sample = Sample(rate, start);
        return sample;
    }

    private CostSample Sample(int rate, Func<Wire, Observer?> start)
    {
        stop.ThrowIfCancellationRequested();
        using var observer = start(wire);
        var warmUp = Send(rate, _warmUp);
        var (cpu, wakeups, begin) = (observer?.CpuNs ?? 0, Wakeups(observer), Clock.NowNs);
        var packets = Send(rate, length);
        cpu = (observer?.CpuNs ?? 0) - cpu;
        var seconds = (Clock.NowNs - begin) / 1e9;
        wakeups = Wakeups(observer) - wakeups;
        return new CostSample(packets, warmUp + packets, cpu, seconds, observer?.Counted(stop), wakeups);
    }

    private PacketSample Send(int rate, TimeSpan duration)
    {
        var sample = wire.Measure(source, () => source.RunPaced(rate, duration, stop));
        stop.ThrowIfCancellationRequested();
        return sample.Received > 0 ? sample : throw new BenchException("no packet came over the wire");
    }

    private static long Wakeups(Observer? observer) => observer is null ? 0 : CpuTime.VoluntarySwitches(observer.ProcessId);
}
