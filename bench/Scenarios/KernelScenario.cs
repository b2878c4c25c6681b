using Rheo.Bench.Machine;
using Rheo.Bench.Measure;
using Rheo.Bench.Traffic;

namespace Rheo.Bench.Scenarios;

/// <summary>Nanoseconds that the flow program adds to a packet, flat out, over an empty program at the same hook.</summary>
internal sealed class KernelScenario : IScenario
{
    private const string Empty = "empty tcx program", Hash = "hash map", Lru = "LRU map and clock";
    private const string Flow = "flow program", Roomy = "flow program, table of 131,072";
    private const int RoomyEntries = 131_072;

    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Length = TimeSpan.FromMilliseconds(500);

    public string Name => "kernel";

    public string What => "ns a packet in the kernel, flat out: flow program, hash map, LRU map, over an empty program";

    public IReadOnlyList<Figure> Run(int rounds)
    {
        using var wire = Wire.Create();
        return
        [
            .. Measure(wire, FlowPattern.Hot, "4,096 flows in turn", Goal.UpTo(40), rounds * 3),
            .. Measure(wire, FlowPattern.Cold, "65,536 flows at random", Goal.UpTo(150), rounds * 3),
        ];
    }

    private IEnumerable<Figure> Measure(Wire wire, FlowPattern pattern, string words, Goal goal, int rounds)
    {
        using var source = new PacketSource(wire, pattern);
        Row<PacketSample> Row(string name, Func<IDisposable?> attach) => new(name, () => Sample(wire, source, attach));
        var results = Rounds<PacketSample>.Run(
            rounds,
            [
                Row(Empty, () => new BaselineProgram(wire, bpf => bpf.Programs.Pass)),
                Row(Flow, () => new FlowProgram(wire)),
                Row(Roomy, () => new FlowProgram(wire, RoomyEntries)),
                Row(Hash, () => new BaselineProgram(wire, bpf => bpf.Programs.CountHash)),
                Row(Lru, () => new BaselineProgram(wire, bpf => bpf.Programs.CountLru)),
                Row("no program", () => null),
            ],
            $"{Name}, {words}");
        yield return new(
            Name, $"{Empty}: the whole reception, {words}", "ns/packet",
            results.Of(Empty, sample => sample.NsPerPacket), Note: Seen(results, Empty));
        foreach (var row in new[] { Flow, Roomy, Hash, Lru, "no program" })
        {
            var added = results.Against(row, Empty, (with, without) => with.NsPerPacket - without.NsPerPacket);
            yield return new(Name, $"{row}: added, {words}", "ns/packet", added, row == Flow ? goal : null, Seen(results, row));
        }
    }

    private static PacketSample Sample(Wire wire, PacketSource source, Func<IDisposable?> attach)
    {
        using var attached = attach();
        source.RunFlatOut(WarmUp);
        return wire.Measure(source, () => source.RunFlatOut(Length));
    }

    private static string Seen(Rounds<PacketSample> results, string row)
    {
        var received = results[row].Sum(sample => sample.Received);
        var offered = results[row].Sum(sample => sample.Offered);
        return $"{received:N0} packets received of {offered:N0} offered; spread {results.Of(row, sample => sample.NsPerPacket).Noise:P0}";
    }
}
