using Rheo.Bench.Machine;
using Rheo.Bench.Measure;
using Rheo.Bench.Observers;
using Rheo.Bench.Traffic;
using Rheo.Measured;

namespace Rheo.Bench.Scenarios;

/// <summary>What it costs to watch a device at a given packet rate, kernel and user space together, for Rheo and for its peers.</summary>
internal sealed class CostScenario : IScenario
{
    private const int Flood = 500_000;

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(3);

    private sealed record At(int Rate, string Words, Goal? Percent, Goal? OverPrinting, Goal? OverWriting);

    private static readonly At[] Rates =
    [
        new(100_000, "100,000 packets/s", null, Goal.From(10), null),
        new(300_000, "300,000 packets/s", null, Goal.From(10), Goal.From(1.5)),
        new(1_000_000, "1,000,000 packets/s", Goal.UpTo(10), null, Goal.From(3)),
    ];

    private static readonly Goal OverSoftflowd = Goal.From(4);

    private static Contender[] Contenders =>
        [Contender.Agent(NativeBinary.Rheo), Contender.Printing, Contender.Writing, Contender.Netflow];

    public string Name => "cost";

    public string What => "percent of a core at 100,000, 300,000 and 1,000,000 packets/s: rheo agent, tcpdump, softflowd";

    public IReadOnlyList<Figure> Run(int rounds)
    {
        using var wire = Wire.Create();
        using var source = new PacketSource(wire, FlowPattern.Hot);
        var measurement = new CostMeasurement(wire, source, Length);
        var figures = new List<Figure>();
        using (new Sink(wire))
            figures.AddRange(Rates.SelectMany(one => Report(one, measurement.At(one.Rate, rounds, Contenders, Tell($"{one.Rate:N0} packets/s", rounds)))));
        figures.Add(OfDrops(measurement.At(Flood, rounds, [Contender.Agent(NativeBinary.Rheo)], Tell($"{Flood:N0} drops/s", rounds))));
        return figures;
    }

    // No sink: each packet is addressed to nobody, and dropped.
    private Figure OfDrops(CostRounds results) => new(
        Name, $"{Contender.Rheo}, {Flood:N0} drops/s", "% of a core", results.Percent(Contender.Rheo), Note: Seen(results, Contender.Rheo));

    private Action<int, string> Tell(string what, int rounds) => Progress.OfRounds($"{Name}, {what}", rounds);

    private IEnumerable<Figure> Report(At at, CostRounds results)
    {
        yield return new(
            Name, $"{Contender.Nobody}: reception, {at.Words}", "% of a core", results.Reception, Note: Seen(results, Contender.Nobody));
        foreach (var figure in OfTheAgent(at, results))
            yield return figure;
        foreach (var (peer, goal) in new[] { (Contender.Printing, at.OverPrinting), (Contender.Writing, at.OverWriting), (Contender.Netflow, OverSoftflowd) })
        {
            yield return new(Name, $"{peer.Name}, {at.Words}", "% of a core", results.Percent(peer.Name), Note: Seen(results, peer.Name));
            yield return new(
                Name, $"{peer.Name} against {Contender.Rheo}, {at.Words}", "times", results.Against(peer.Name, Contender.Rheo), goal);
        }
    }

    private IEnumerable<Figure> OfTheAgent(At at, CostRounds results) =>
    [
        new(
            Name, $"{Contender.Rheo}, {at.Words}", "% of a core",
            results.Percent(Contender.Rheo), at.Percent, Seen(results, Contender.Rheo)),
        new(
            Name, $"{Contender.Rheo}: packets missed, {at.Words}", "packets",
            results.Of(Contender.Rheo, sample => Math.Abs(sample.Counts.Missed ?? 0)), Goal.UpTo(0)),
        new(
            Name, $"{Contender.Rheo}: wake-ups, {at.Words}", "1/s",
            results.Of(Contender.Rheo, sample => sample.Wakeups / sample.Seconds), Goal.UpTo(1000)),
    ];

    private static string Seen(CostRounds results, string row)
    {
        var counts = results.Counts(row);
        var rate = results.Of(row, sample => sample.Rate).Median;
        var missed = counts.Missed ?? 0;
        return $"{rate:N0}/s came, {(double)(counts.Sent - counts.Received) / counts.Sent:P2} lost on the wire; "
            + $"observer missed {missed:N0} of {counts.Received:N0} ({(double)missed / counts.Received:P1})";
    }
}
