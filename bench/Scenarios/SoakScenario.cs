using Rheo.Bench.Machine;
using Rheo.Bench.Measure;
using Rheo.Bench.Observers;
using Rheo.Bench.Traffic;
using Rheo.Measured;

namespace Rheo.Bench.Scenarios;

/// <summary>Each packet is a new flow, for as long as one likes: nothing may grow, and nothing may be lost.</summary>
internal sealed class SoakScenario : IScenario
{
    private const int FlowsPerSecond = 50_000;
    private const uint NeverTwice = 1u << 31;

    private static readonly TimeSpan Sample = TimeSpan.FromSeconds(10);

    public string Name => "soak";

    public string What => "50,000 new flows a second for as many minutes as there are rounds: memory, descriptors, losses";

    public bool IsUsual => false;

    public IReadOnlyList<Figure> Run(int rounds)
    {
        using var wire = Wire.Create();
        using var source = new PacketSource(wire, new FlowPattern(NeverTwice, Random: false));
        using var agent = new RheoAgent(NativeBinary.Rheo, wire);
        Progress.Tell($"{Name}: {rounds} minutes, after one in which the table fills");
        var warmUp = wire.Measure(source, () => source.RunPaced(FlowsPerSecond, TimeSpan.FromMinutes(1)));
        var (before, cpu, begin) = (ProcessTree.Descriptors(agent.ProcessId), agent.CpuNs, Clock.NowNs);
        var memory = new List<(double Hours, double Mb)>();
        var packets = wire.Measure(source, () =>
        {
            for (var done = TimeSpan.Zero; done < TimeSpan.FromMinutes(rounds); done += Sample)
            {
                source.RunPaced(FlowsPerSecond, Sample);
                memory.Add(((Clock.NowNs - begin) / 3.6e12, ProcessTree.ResidentMb(agent.ProcessId)));
            }
        });
        var percent = 100.0 * (agent.CpuNs - cpu) / (Clock.NowNs - begin);
        var descriptors = ProcessTree.Descriptors(agent.ProcessId) - before;
        var missed = Math.Abs(agent.Counted(CancellationToken.None) - packets.Received - warmUp.Received);
        var note = $"{memory[0].Mb:F1} MB to {memory[^1].Mb:F1} MB in {rounds} min";
        return
        [
            Row("rheo agent, 50,000 new flows/s: resident, slope", "MB/h", Slope(memory), 1, note),
            Row("rheo agent, 50,000 new flows/s: descriptors, more", "", Math.Abs(descriptors), 0, $"of {before}"),
            Row("rheo agent, 50,000 new flows/s: ring records lost", "records", agent.LostRecords(), 0, ""),
            Row("rheo agent, 50,000 new flows/s: packets missed", "packets", missed, 0, $"of {packets.Received + warmUp.Received:N0}"),
            new(Name, "rheo agent, 50,000 new flows/s: user space", "% of a core", Spread.Of([percent])),
        ];
    }

    // Least squares.
    private static double Slope(List<(double Hours, double Mb)> points)
    {
        var (x, y) = (points.Average(point => point.Hours), points.Average(point => point.Mb));
        var spread = points.Sum(point => (point.Hours - x) * (point.Hours - x));
        return spread == 0 ? 0 : points.Sum(point => (point.Hours - x) * (point.Mb - y)) / spread;
    }

    private Figure Row(string what, string unit, double value, double limit, string note) =>
        new(Name, what, unit, Spread.Of([value]), Goal.UpTo(limit), note);
}
