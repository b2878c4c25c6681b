using Rheo.Bench.Machine;
using Rheo.Bench.Measure;
using Rheo.Bench.Observers;
using Rheo.Bench.Traffic;
using Rheo.Measured;

namespace Rheo.Bench.Scenarios;

/// <summary>The live view, by itself and through an agent: how soon it is there, and what it costs while all its rows move.</summary>
internal sealed class TopScenario : IScenario
{
    private const int Flows = 256;
    private const int PacketsPerSecond = 5_000;
    private const int LeastRounds = 5;

    // Of the packets that the source makes, and of no heading.
    private const string Protocol = "udp";

    private static readonly TimeSpan Looked = TimeSpan.FromSeconds(6);

    public string Name => "top";

    public string What => "rheo top: time to the first frame, CPU at four frames a second with 256 conversations that move";

    public IReadOnlyList<Figure> Run(int rounds)
    {
        using var wire = Wire.Create();
        using var source = new PacketSource(wire, new FlowPattern(Flows, Random: false));
        // In a folder of its own, which the agent makes, gives to its core, and takes away.
        var socket = $"/run/rheo-top-{Environment.ProcessId}/rheo.sock";
        using var agent = new RheoAgent(NativeBinary.Rheo, wire.Receiver, wire.ReceiverDevice, socket);
        using var stop = new CancellationTokenSource();
        var traffic = new Thread(() => source.RunInBursts(PacketsPerSecond, TimeSpan.FromHours(1), stop.Token));
        traffic.Start();
        try
        {
            return Figures(Rounds<Sample>.Run(
                Math.Max(LeastRounds, rounds),
                [
                    new("alone", () => Look(wire, "--agent", "never", "-i", wire.ReceiverDevice)),
                    new("agent", () => Look(wire, "--agent", socket, "-i", wire.ReceiverDevice)),
                ],
                Name));
        }
        finally
        {
            stop.Cancel();
            traffic.Join();
        }
    }

    private Figure[] Figures(Rounds<Sample> rounds) =>
    [
        new(Name, "rheo top, by itself: start to first frame", "ms", rounds.Of("alone", one => one.FrameMs), Goal.UpTo(100)),
        new(Name, "rheo top, by itself: start to first conversation", "ms", rounds.Of("alone", one => one.RowMs)),
        new(Name, "rheo top, by itself: view and capture", "% of a core", rounds.Of("alone", one => one.Percent), Goal.UpTo(1), Rate(rounds, "alone")),
        new(Name, "rheo top, through an agent: start to first frame", "ms", rounds.Of("agent", one => one.FrameMs), Goal.UpTo(100)),
        new(Name, "rheo top, through an agent: start to first conversation", "ms", rounds.Of("agent", one => one.RowMs)),
        new(Name, "rheo top, through an agent: view", "% of a core", rounds.Of("agent", one => one.Percent), Goal.UpTo(1), Rate(rounds, "agent")),
    ];

    private static string Rate(Rounds<Sample> rounds, string row) => $"{rounds.Of(row, one => one.FramesPerSecond).Median:F1} frames a second";

    private static Sample Look(Wire wire, params string[] words)
    {
        using var view = new LiveView(wire.Receiver, Protocol, words);
        var (frame, row) = (view.FirstFrameMs, view.FirstRowMs);
        Clock.Sleep(TimeSpan.FromSeconds(1));
        var (cpu, frames, from) = (view.CpuNs, view.Frames, Clock.NowNs);
        Clock.Sleep(Looked);
        var ns = (double)(Clock.NowNs - from);
        return new Sample(frame, row, 100 * (view.CpuNs - cpu) / ns, 1e9 * (view.Frames - frames) / ns);
    }

    private readonly record struct Sample(double FrameMs, double RowMs, double Percent, double FramesPerSecond);
}
