using Rheo.Bench.Machine;
using Rheo.Bench.Measure;
using Rheo.Bench.Observers;
using Rheo.Bench.Traffic;

namespace Rheo.Bench.Scenarios;

/// <summary>What it costs to watch a device at a given packet rate, kernel and user space together, for Rheo and for its peers.</summary>
internal sealed class CostScenario : IScenario
{
    private const string Nobody = "no observer", Agent = "rheo agent";
    private const string Printing = "tcpdump -nn", Writing = "tcpdump -w", Softflow = "softflowd";

    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(3);

    private const int MostRepeats = 1;
    private const double LeastOfRate = 0.95;

    private sealed record At(int Rate, string Words, Goal? Percent, Goal? OverPrinting, Goal? OverWriting);

    private static readonly At[] Rates =
    [
        new(100_000, "100,000 packets/s", null, Goal.From(10), null),
        new(300_000, "300,000 packets/s", null, Goal.From(10), Goal.From(1.5)),
        new(1_000_000, "1,000,000 packets/s", Goal.UpTo(10), null, Goal.From(3)),
    ];

    private static readonly Goal OverSoftflowd = Goal.From(4);

    public string Name => "cost";

    public string What => "percent of a core at 100,000, 300,000 and 1,000,000 packets/s: rheo agent, tcpdump, softflowd";

    public IReadOnlyList<Figure> Run(int rounds)
    {
        using var wire = Wire.Create();
        using var source = new PacketSource(wire, FlowPattern.Hot);
        return [.. Rates.SelectMany(one => Report(one, Measure(wire, source, one.Rate, rounds)))];
    }

    private Rounds<CostSample> Measure(Wire wire, PacketSource source, int rate, int rounds)
    {
        Row<CostSample> Row(string name, Func<Observer?> start) => new(name, () => Quiet(wire, source, rate, start));
        return Rounds<CostSample>.Run(
            rounds,
            [
                Row(Nobody, () => null),
                Row(Agent, () => new RheoAgent(wire)),
                Row(Printing, () => new Tcpdump(wire, "-nn")),
                Row(Writing, () => new Tcpdump(wire, "-w", "/dev/null")),
                Row(Softflow, () => new Softflowd(wire)),
            ],
            $"{Name}, {rate:N0} packets/s");
    }

    // A row whose packets did not come at their rate, since the machine did something else, is measured once more.
    private static CostSample Quiet(Wire wire, PacketSource source, int rate, Func<Observer?> start)
    {
        var sample = Sample(wire, source, rate, start);
        for (var again = 0; again < MostRepeats && sample.Rate < LeastOfRate * rate; again++)
            sample = Sample(wire, source, rate, start);
        return sample;
    }

    private static CostSample Sample(Wire wire, PacketSource source, int rate, Func<Observer?> start)
    {
        using var observer = start();
        var warmUp = wire.Measure(source, () => source.RunPaced(rate, WarmUp));
        var (cpu, wakeups, begin) = (observer?.CpuNs ?? 0, Wakeups(observer), Clock.NowNs);
        var packets = wire.Measure(source, () => source.RunPaced(rate, Length));
        cpu = (observer?.CpuNs ?? 0) - cpu;
        var seconds = (Clock.NowNs - begin) / 1e9;
        wakeups = Wakeups(observer) - wakeups;
        return new CostSample(packets, cpu, seconds, observer?.Counted() - warmUp.Received, wakeups);
    }

    private static long Wakeups(Observer? observer) => observer is null ? 0 : CpuTime.VoluntarySwitches(observer.ProcessId);

    private IEnumerable<Figure> Report(At at, Rounds<CostSample> results)
    {
        Spread Percent(string row) => results.Against(row, Nobody, (with, without) => with.PercentAt(at.Rate) - without.PercentAt(at.Rate));
        Figure Ratio(string peer, Goal? goal) =>
            new(Name, $"{peer} against rheo agent, {at.Words}", "times", Over(results, peer, at.Rate), goal);

        yield return new(
            Name, $"{Nobody}: reception, {at.Words}", "% of a core",
            results.Of(Nobody, sample => sample.PercentAt(at.Rate)), Note: Seen(results, Nobody));
        yield return new(Name, $"{Agent}, {at.Words}", "% of a core", Percent(Agent), at.Percent, Seen(results, Agent));
        yield return new(
            Name, $"{Agent}: packets missed, {at.Words}", "packets",
            results.Of(Agent, sample => Math.Abs(sample.Missed)), Goal.UpTo(0));
        yield return new(
            Name, $"{Agent}: wake-ups, {at.Words}", "1/s",
            results.Of(Agent, sample => sample.Wakeups / sample.Seconds), Goal.UpTo(1000));
        foreach (var (peer, goal) in new[] { (Printing, at.OverPrinting), (Writing, at.OverWriting), (Softflow, (Goal?)OverSoftflowd) })
        {
            yield return new(Name, $"{peer}, {at.Words}", "% of a core", Percent(peer), Note: Seen(results, peer));
            yield return Ratio(peer, goal);
        }
    }

    // All three of one round: peer and agent, each without what the reception costs by itself.
    private static Spread Over(Rounds<CostSample> results, string peer, int rate)
    {
        double Added(string row, int round) => results[row][round].PercentAt(rate) - results[Nobody][round].PercentAt(rate);
        return Spread.Of(Enumerable.Range(0, results[peer].Count).Select(round => Added(peer, round) / Added(Agent, round)));
    }

    private static string Seen(Rounds<CostSample> results, string row)
    {
        var received = results[row].Sum(sample => sample.Packets.Received);
        var offered = results[row].Sum(sample => sample.Packets.Offered);
        var missed = results[row].Sum(sample => sample.Missed);
        var rate = results.Of(row, sample => sample.Rate).Median;
        return $"{rate:N0}/s came, {(double)(offered - received) / offered:P2} lost on the wire; "
            + $"observer missed {missed:N0} of {received:N0} ({(double)missed / received:P1})";
    }
}
