using System.Collections.Concurrent;
using Rheo.Bench.Interop;
using Rheo.Bench.Machine;
using Rheo.Bench.Measure;
using Rheo.Bench.Observers;
using Rheo.Bench.Programs;
using Rheo.Bench.Traffic;
using Rheo.Bpf;
using Rheo.Measured;

namespace Rheo.Bench.Scenarios;

/// <summary>Containers come and go: a namespace and a veth pair each, a thousand in a minute, all of them watched.</summary>
internal sealed class ChurnScenario : IScenario
{
    private const int Pairs = 1_000;
    private const int ControlPairs = 300; // 20 s each
    private const int Lanes = 2; // as many start at once: a pair takes some processes, and a lane waits until its own is watched
    private const int AliveOfALane = 10;

    // By then the agent has given back what only its start has used.
    private static readonly TimeSpan StartIsOver = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(60 * Lanes);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly List<double> _seconds = []; // of each churn

    public string Name => "churn";

    public string What => "1,000 namespaces and veth pairs made and deleted in 60 s: time until each is watched, leaks";

    public IReadOnlyList<Figure> Run(int rounds)
    {
        Leftovers.RemoveStale();
        using var home = NetworkNamespace.Create("home");
        return [.. WithAgent(home), Control(home)];
    }

    private List<Figure> WithAgent(NetworkNamespace home)
    {
        using var hooks = new HookWatch();
        using var agent = new RheoAgent(NativeBinary.Rheo, home, "rb*");
        Clock.Sleep(StartIsOver);
        var (memory, descriptors) = (ProcessTree.ResidentMb(agent.ProcessId), ProcessTree.Descriptors(agent.ProcessId));
        var begin = Clock.NowNs;
        var delays = Churn(home, Pairs, device => UntilHooked(hooks, device));
        var seconds = (Clock.NowNs - begin) / 1e9;
        Clock.Sleep(TimeSpan.FromSeconds(3));
        var left = ProcessTree.Descriptors(agent.ProcessId) - descriptors;
        var grown = ProcessTree.ResidentMb(agent.ProcessId) - memory;
        return
        [
            new(Name, "rheo agent: from a new interface to the hook, p99", "ms", Spread.Of([delays[Pairs * 99 / 100]]), Goal.UpTo(100),
                $"median {delays[Pairs / 2]:F1} ms, worst {delays[^1]:F1} ms; {Pairs:N0} pairs in {seconds:F0} s"),
            new(Name, "rheo agent, after a thousand pairs: descriptors (links, programs), more", "", Spread.Of([left]), Goal.UpTo(0), $"of {descriptors}"),
            new(Name, "rheo agent, after a thousand pairs: resident, grown by", "MB", Spread.Of([grown]), Goal.UpTo(8), $"{memory:F1} MB before"),
        ];
    }

    // What the kernel takes for it whoever asks: an empty program, attached at both hooks by whoever made the pair, as soon as it is there.
    private Figure Control(NetworkNamespace home)
    {
        using var baseline = BaselineBpf.Open();
        baseline.Load();
        var kept = new ConcurrentQueue<TcxLink>();
        var delays = Churn(home, ControlPairs, device => UntilAttached(device, baseline.Programs.Pass, kept));
        foreach (var link in kept)
            link.Dispose();
        var spread = Churn(home, ControlPairs, UntilThere);
        return new(Name, "an empty program, by a loader that does nothing else: from a new interface to the hook, p99", "ms",
            Spread.Of([delays[ControlPairs * 99 / 100]]), null,
            $"median {delays[ControlPairs / 2]:F1} ms, worst {delays[^1]:F1} ms; {ControlPairs:N0} pairs in {_seconds[1]:F0} s, in {_seconds[2]:F0} s where nothing is attached");
    }

    private double[] Churn(NetworkNamespace home, int pairs, Func<string, double> wait)
    {
        var delays = new double[pairs];
        var begin = Clock.NowNs;
        try
        {
            Parallel.For(0, Lanes, lane => Churn(home, lane, delays, wait));
        }
        catch (AggregateException failed) when (failed.InnerException is BenchException first)
        {
            throw new BenchException(first.Message);
        }

        Array.Sort(delays);
        _seconds.Add((Clock.NowNs - begin) / 1e9);
        return delays;
    }

    private void Churn(NetworkNamespace home, int lane, double[] delays, Func<string, double> wait)
    {
        var alive = new Queue<NetworkNamespace>();
        var next = Clock.NowNs;
        for (var pair = lane; pair < delays.Length; pair += Lanes)
        {
            if (pair % 100 == 0)
                Progress.Tell($"{Name}: {pair} of {delays.Length}");
            alive.Enqueue(NetworkNamespace.Create($"c{pair}"));
            delays[pair] = Join(home, alive.Last(), $"rb{pair}", wait);
            if (alive.Count > AliveOfALane)
                alive.Dequeue().Dispose();
            next += (long)Beat.TotalNanoseconds;
            Clock.Sleep(TimeSpan.FromTicks(Math.Max(0, (next - Clock.NowNs) / 100)));
        }

        foreach (var space in alive)
            space.Dispose();
    }

    // While the command runs, since the interface is there before it returns.
    private static double Join(NetworkNamespace home, NetworkNamespace other, string device, Func<string, double> wait)
    {
        using var command = Command.Start(["ip", "-n", home.Name, "link", "add", device, "up", "type", "veth", "peer", "name", "eth0", "netns", other.Name]);
        var delay = home.Run(() => wait(device));
        command.WaitForExit();
        return command.ExitCode == 0 ? delay : throw new BenchException($"{device}: {command.StandardError.ReadToEnd().Trim()}");
    }

    // Each millisecond: the delay is known to two.
    private static double UntilHooked(HookWatch hooks, string device)
    {
        var (index, space) = (Await(device), HookWatch.Here());
        var begin = Clock.NowNs;
        while (hooks.Count(space, index) < 2)
            Wait(begin, $"{device} was not watched within {Patience}");
        return (Clock.NowNs - begin) / 1e6;
    }

    private static double UntilAttached(string device, BpfProgram program, ConcurrentQueue<TcxLink> kept)
    {
        var index = Await(device);
        var begin = Clock.NowNs;
        kept.Enqueue(TcxLink.Attach(program, index, TcDirection.Ingress));
        kept.Enqueue(TcxLink.Attach(program, index, TcDirection.Egress));
        return (Clock.NowNs - begin) / 1e6;
    }

    private static double UntilThere(string device) => Await(device) * 0;

    private static int Await(string device)
    {
        var asked = Clock.NowNs;
        int index;
        while ((index = (int)Libc.if_nametoindex(device)) == 0)
            Wait(asked, $"{device} was not made within {Patience}");
        return index;
    }

    private static void Wait(long since, string failure)
    {
        if (Clock.NowNs - since > Patience.TotalNanoseconds)
            throw new BenchException(failure);
        Clock.Sleep(TimeSpan.FromMilliseconds(1));
    }
}
