using Rheo.Bench.Machine;
using Rheo.Bench.Measure;
using Rheo.Bench.Programs;
using Rheo.Bench.Traffic;
using Rheo.Bpf;

namespace Rheo.Bench.Scenarios;

/// <summary>Nanoseconds that the flow program adds to a packet, flat out, over an empty program at the same hook.</summary>
internal sealed class KernelScenario : IScenario
{
    private const string Empty = "empty tcx program", Hash = "hash map", Lru = "LRU map and clock";
    private const string Flow = "flow program", Roomy = "flow program, table of 131,072";
    private const int RoomyEntries = 131_072;

    // Short and often: the machine's other tenants change its speed from second to second, so only neighbours compare.
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Length = TimeSpan.FromMilliseconds(80);
    private const int RoundsEach = 24;

    public string Name => "kernel";

    public string What => "ns a packet in the kernel, flat out: flow program, hash map, LRU map, over an empty program";

    public IReadOnlyList<Figure> Run(int rounds)
    {
        using var wire = Wire.Create();
        return
        [
            .. Measure(wire, FlowPattern.Few, "64 flows in turn", null, rounds * RoundsEach),
            .. Measure(wire, FlowPattern.Hot, "4,096 flows in turn", Goal.UpTo(40), rounds * RoundsEach),
            .. Measure(wire, FlowPattern.Cold, "65,536 flows at random", Goal.UpTo(150), rounds * RoundsEach),
        ];
    }

    private IEnumerable<Figure> Measure(Wire wire, FlowPattern pattern, string words, Goal? goal, int rounds)
    {
        using var baseline = BaselineBpf.Open();
        baseline.Load();
        using var flow = new FlowProgram();
        using var roomy = new FlowProgram(RoomyEntries);
        using var link = wire.Attach(baseline.Programs.Pass);
        using var source = new PacketSource(wire, pattern);
        Row<PacketSample> Row(string name, BpfProgram program) => new(name, () => Sample(wire, source, link, program));
        Rounds<PacketSample> results = null!;
        source.RunFlatOutWhile(() => results = Rounds<PacketSample>.Run(
            rounds,
            [
                Row(Empty, baseline.Programs.Pass),
                Row(Flow, flow.Program),
                Row(Roomy, roomy.Program),
                Row(Hash, baseline.Programs.CountHash),
                Row(Lru, baseline.Programs.CountLru),
            ],
            $"{Name}, {words}"));
        yield return new(
            Name, $"{Empty}: the whole reception, {words}", "ns/packet",
            results.Of(Empty, sample => sample.NsPerPacket), Note: Seen(results, Empty));
        foreach (var row in new[] { Flow, Roomy, Hash, Lru })
        {
            var added = results.Against(row, Empty, (with, without) => with.NsPerPacket - without.NsPerPacket);
            yield return new(Name, $"{row}: added, {words}", "ns/packet", added, row == Flow ? goal : null, Seen(results, row));
        }
    }

    // The packets never stop: one link changes its program under them.
    private static PacketSample Sample(Wire wire, PacketSource source, TcxLink link, BpfProgram program)
    {
        link.Update(program);
        Clock.Sleep(WarmUp);
        return wire.Sample(source, Length);
    }

    private static string Seen(Rounds<PacketSample> results, string row)
    {
        var received = results[row].Sum(sample => sample.Received);
        return $"{received:N0} packets received; spread {results.Of(row, sample => sample.NsPerPacket).Noise:P0}";
    }
}
