using Rheo.Bench.Machine;
using Rheo.Bench.Measure;
using Rheo.Bench.Observers;
using Rheo.Bench.Traffic;
using Rheo.Measured;

namespace Rheo.Bench.Scenarios;

/// <summary>A million peers in a minute: what the agent remembers of them is bounded, and its sums are exact all the same.</summary>
internal sealed class CardinalityScenario : IScenario
{
    private const int Peers = 1_000_000;

    // By then the agent has given back what only its start has used.
    private static readonly TimeSpan StartIsOver = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);

    public string Name => "cardinality";

    public string What => "1,000,000 distinct peers in 60 s: memory, series, and whether the sums are exact";

    public IReadOnlyList<Figure> Run(int rounds)
    {
        using var wire = Wire.Create();
        using var source = new PacketSource(wire, new FlowPattern(Peers, Random: false, ByAddress: true));
        using var agent = new RheoAgent(NativeBinary.Rheo, wire);
        Clock.Sleep(StartIsOver);
        var before = ProcessTree.ResidentMb(agent.ProcessId);
        Progress.Tell($"{Name}: {Peers:N0} peers");
        var packets = wire.Measure(source, () => source.RunPaced(Peers / 60, Minute));
        var grown = ProcessTree.ResidentMb(agent.ProcessId) - before;
        var counted = agent.Counted(CancellationToken.None);
        var page = agent.Metrics();
        var series = page.Split('\n').Count(line => line.Length > 0 && line[0] != '#');
        return
        [
            Row("rheo agent, a million peers: resident, grown by", "MB", grown, 64, $"{before:F1} MB before"),
            Row("rheo agent, a million peers: /metrics", "series", series, 10_000, ""),
            Row("rheo agent, a million peers: /metrics", "MB", page.Length / 1e6, 2, ""),
            Row("rheo agent, a million peers: packets missed or lost", "packets", Math.Abs(packets.Received - counted) + agent.Lost(), 0, $"of {packets.Received:N0}"),
        ];
    }

    private Figure Row(string what, string unit, double value, double limit, string note) =>
        new(Name, what, unit, Spread.Of([value]), Goal.UpTo(limit), note);
}
