using Rheo.Bench.Machine;
using Rheo.Bench.Measure;
using Rheo.Bench.Observers;
using Rheo.Bench.Traffic;
using Rheo.Measured;

namespace Rheo.Bench.Scenarios;

/// <summary>What an agent costs that has nothing to do: CPU, memory, and how soon it is there.</summary>
internal sealed class IdleScenario : IScenario
{
    private const int Flows = 65_536;

    // The start gives back its memory after three seconds, and looks at all sockets twice.
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(20);

    public string Name => "idle";

    public string What => "CPU and memory of an agent without traffic, memory with 65,536 flows, time until it is ready, time of --version";

    public IReadOnlyList<Figure> Run(int rounds)
    {
        using var wire = Wire.Create();
        var samples = new List<Sample>();
        for (var round = 0; round < rounds; round++)
        {
            Progress.Tell($"{Name}: round {round + 1} of {rounds}");
            samples.Add(Measure(wire));
        }

        Spread Of(Func<Sample, double> value) => Spread.Of(samples.Select(value));
        return
        [
            new(Name, "rheo agent, idle", "% of a core", Of(one => one.Percent), Goal.UpTo(0.1)),
            new(Name, "rheo agent, idle: both processes together (PSS)", "MB", Of(one => one.Idle.Together), Goal.UpTo(40)),
            new(Name, "rheo agent, idle: one by one (RSS)", "MB", Of(one => one.Idle.Resident)),
            new(Name, "rheo agent, 65,536 flows: both processes together (PSS)", "MB", Of(one => one.Busy.Together), Goal.UpTo(70)),
            new(Name, "rheo agent, 65,536 flows: one by one (RSS)", "MB", Of(one => one.Busy.Resident)),
            new(Name, "rheo agent: start to ready", "ms", Of(one => one.ReadyMs), Goal.UpTo(200)),
            new(Name, "rheo --version", "ms", Of(one => one.VersionMs), Goal.UpTo(20)),
        ];
    }

    private static Sample Measure(Wire wire)
    {
        var begin = Clock.NowNs;
        Command.Run(NativeBinary.Path, "--version");
        var version = (Clock.NowNs - begin) / 1e6;
        begin = Clock.NowNs;
        using var agent = new RheoAgent(NativeBinary.Rheo, wire.Receiver, wire.ReceiverDevice);
        var ready = (agent.ReadyNs - begin) / 1e6;
        Clock.Sleep(Settle);
        var (cpu, from) = (agent.CpuNs, Clock.NowNs);
        Clock.Sleep(Idle);
        var percent = 100.0 * (agent.CpuNs - cpu) / (Clock.NowNs - from);
        var idle = Memory(agent.ProcessId);
        using var source = new PacketSource(wire, new FlowPattern(Flows, Random: false));
        source.RunPaced(Flows / 2, TimeSpan.FromSeconds(4));
        Clock.Sleep(TimeSpan.FromSeconds(2));
        return new Sample(percent, idle, Memory(agent.ProcessId), ready, version);
    }

    private static (double Resident, double Together) Memory(int process) => (ProcessTree.ResidentMb(process), ProcessTree.TogetherMb(process));

    private readonly record struct Sample(
        double Percent, (double Resident, double Together) Idle, (double Resident, double Together) Busy, double ReadyMs, double VersionMs);
}
