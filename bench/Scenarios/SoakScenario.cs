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
    private const int SecondsASample = 10;
    private const int SamplesTold = 6;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public string Name => "soak";

    public string What => "50,000 new flows a second for as many minutes as there are rounds: memory, descriptors, losses";

    public bool IsUsual => false;

    public IReadOnlyList<Figure> Run(int rounds)
    {
        using var wire = Wire.Create();
        using var source = new PacketSource(wire, new FlowPattern(NeverTwice, Random: false));
        // Where the scheduler likes: whatever else runs for hours beside it must not hold it up at one CPU.
        using var agent = new RheoAgent(NativeBinary.Rheo, wire.Receiver, wire.ReceiverDevice);
        Progress.Tell($"{Name}: {rounds} minutes, after one in which the table fills");
        var warmUp = wire.Measure(source, () => source.RunInBursts(FlowsPerSecond, TimeSpan.FromMinutes(1)));
        var (cpu, begin) = (agent.CpuNs, Clock.NowNs);
        List<SoakSample> samples = [];
        var packets = wire.Measure(source, () => samples = Soak(agent, source, 60 * rounds / SecondsASample));
        var seconds = (Clock.NowNs - begin) / 1e9;
        var percent = 100.0 * (agent.CpuNs - cpu) / 1e9 / seconds;
        Progress.Tell($"{Name}: lost: {SoakSample.Losses(agent.Metrics())}");
        var missed = Math.Abs(agent.Counted(CancellationToken.None) - packets.Received - warmUp.Received);
        return
        [
            .. Rows(samples),
            Row("packets missed", "packets", missed, 0, $"of {packets.Received + warmUp.Received:N0}; {packets.Received / seconds:N0} a second came through"),
            new(Name, "rheo agent, 50,000 new flows/s: user space", "% of a core", Spread.Of([percent])),
        ];
    }

    private List<SoakSample> Soak(RheoAgent agent, PacketSource source, int count)
    {
        var reader = ThreadDelay.Of(agent.ProcessId, "capture");
        var begin = Clock.NowNs;
        List<SoakSample> samples = [SoakSample.Take(agent, 0, 0)];
        for (var sample = 1; sample <= count; sample++)
        {
            var waited = 0.0;
            for (var second = 0; second < SecondsASample; second++)
            {
                source.RunInBursts(FlowsPerSecond, Second);
                waited = Math.Max(waited, reader.TakeMs());
            }

            samples.Add(SoakSample.Take(agent, (Clock.NowNs - begin) / 3.6e12, waited));
            if (sample % SamplesTold == 0 || samples[^1].LostRecords > samples[^2].LostRecords)
                Progress.Tell($"{Name}: {samples[^1]}");
        }

        return samples;
    }

    private IEnumerable<Figure> Rows(List<SoakSample> samples)
    {
        var (first, last) = (samples[0], samples[^1]);
        // The managed heap takes some ten minutes to find its size.
        var settled = samples.Where(sample => sample.Hours >= last.Hours / 4).ToList();
        yield return Row(
            "resident, slope after the first quarter", "MB/h", Slope(settled, sample => sample.ResidentMb), 1,
            $"{first.ResidentMb:F1} MB, {settled[0].ResidentMb:F1} MB after the quarter, {last.ResidentMb:F1} MB after {60 * last.Hours:F0} min; "
            + $"from the beginning {Slope(samples, sample => sample.ResidentMb):F2} MB/h");
        yield return Row(
            "resident, shared pages once, slope after the first quarter", "MB/h", Slope(settled, sample => sample.TogetherMb), 1, $"{first.TogetherMb:F1} MB to {last.TogetherMb:F1} MB");
        yield return Row("descriptors, more", "", Math.Abs(last.Descriptors - first.Descriptors), 0, $"of {first.Descriptors}");
        yield return Row(
            "ring records lost", "records", last.LostRecords, 0,
            $"the reader waited for a CPU at most {samples.Max(sample => sample.WaitedMs):F0} ms of a second; the ring was {samples.Max(sample => sample.RingPercent):F0} % full at most");
        yield return new Figure(
            Name, "rheo agent, 50,000 new flows/s: garbage collections, of all time", "%",
            Spread.Of([(last.PauseMs - first.PauseMs) / 36_000 / last.Hours]));
    }

    // Least squares.
    private static double Slope(List<SoakSample> samples, Func<SoakSample, double> value)
    {
        var (x, y) = (samples.Average(sample => sample.Hours), samples.Average(value));
        var spread = samples.Sum(sample => (sample.Hours - x) * (sample.Hours - x));
        return spread == 0 ? 0 : samples.Sum(sample => (sample.Hours - x) * (value(sample) - y)) / spread;
    }

    private Figure Row(string what, string unit, double value, double limit, string note) =>
        new(Name, $"rheo agent, 50,000 new flows/s: {what}", unit, Spread.Of([value]), Goal.UpTo(limit), note);
}
