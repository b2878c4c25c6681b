using Rheo.Bench.Interop;
using Rheo.Bench.Machine;
using Rheo.Bench.Measure;
using Rheo.Bench.Observers;
using Rheo.Bench.Traffic;
using Rheo.Measured;

namespace Rheo.Bench.Scenarios;

/// <summary>The size of the binary, and how long a user waits for the first flow. Wall time is what is meant here.</summary>
internal sealed class StartScenario : IScenario
{
    private const int LeastRounds = 9;

    public string Name => "start";

    public string What => "size of the binary; time from its start to the first flow that it prints; wake-ups when nothing happens";

    public IReadOnlyList<Figure> Run(int rounds)
    {
        var megabytes = new FileInfo(NativeBinary.Path).Length / 1e6;
        using var wire = Wire.Create();
        using var source = new PacketSource(wire, FlowPattern.Hot);
        var first = Rounds<double>.Run(Math.Max(LeastRounds, rounds), [new("flows", () => FirstFlowMs(wire, source))], Name);
        return
        [
            new(Name, "binary", "MB", Spread.Of([megabytes]), Goal.UpTo(20)),
            new(Name, "rheo flows: start to first flow", "ms", first.Of("flows", ms => ms), Goal.UpTo(300)),
            new(Name, "rheo agent: wake-ups, idle", "1/s", IdleWakeups(wire), Goal.UpTo(10)),
        ];
    }

    private static double FirstFlowMs(Wire wire, PacketSource source)
    {
        // In bursts: a source that spins in the kernel has one of two cores, and holds up the grace periods for which an attachment waits.
        var traffic = new Thread(() => source.RunInBursts(10_000, TimeSpan.FromSeconds(2)));
        traffic.Start();
        Clock.Sleep(TimeSpan.FromMilliseconds(100));
        var begin = Clock.NowNs;
        var words = wire.Receiver.Inside(NativeBinary.Path, "flows", "--follow", "-o", "json", "-i", wire.ReceiverDevice);
        using var flows = Command.Start(words, keepOutput: true);
        var line = flows.StandardOutput.ReadLine();
        var milliseconds = (Clock.NowNs - begin) / 1e6;
        Command.Stop(flows, Libc.SIGKILL);
        traffic.Join();
        return line is { Length: > 0 } ? milliseconds : throw new BenchException("rheo flows ended without a flow");
    }

    private static Spread IdleWakeups(Wire wire)
    {
        using var agent = new RheoAgent(NativeBinary.Rheo, wire);
        Clock.Sleep(TimeSpan.FromSeconds(2));
        return Spread.Of(Enumerable.Range(0, 3).Select(_ => WakeupsIn(agent, TimeSpan.FromSeconds(3))).ToArray());
    }

    private static double WakeupsIn(RheoAgent agent, TimeSpan time)
    {
        var before = CpuTime.VoluntarySwitches(agent.ProcessId);
        Clock.Sleep(time);
        return (CpuTime.VoluntarySwitches(agent.ProcessId) - before) / time.TotalSeconds;
    }
}
