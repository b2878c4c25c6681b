using Rheo.Bench.Machine;
using Rheo.Bench.Observers;
using Rheo.Bench.Traffic;
using Rheo.Measured;

namespace Rheo.Bench;

/// <summary>Who takes part, found out by starting each once.</summary>
internal sealed class Roster
{
    private readonly List<Contender> _ready = [];
    private readonly List<Watcher> _all = [];

    private Roster()
    {
    }

    /// <summary>Those that run, Rheo first.</summary>
    public IReadOnlyList<Contender> Ready => _ready;

    /// <summary>All that were asked for, and what became of them.</summary>
    public IReadOnlyList<Watcher> All => _all;

    /// <summary>Tries Rheo and all peers that were asked for.</summary>
    /// <exception cref="BenchException">Rheo itself does not run.</exception>
    public static Roster Try(Wire wire, IReadOnlyList<string> only, CancellationToken stop)
    {
        var roster = new Roster();
        var rheo = Contender.Agent(RheoProgram.Itself);
        Start(rheo, wire);
        roster.Add(rheo, WatcherState.Measured);
        foreach (var peer in Contender.Peers.Where(peer => only.Count == 0 || only.Contains(peer.Tool)))
        {
            stop.ThrowIfCancellationRequested();
            roster.Consider(peer, wire);
        }

        return roster;
    }

    private void Consider(Contender peer, Wire wire)
    {
        if (!peer.Programs.All(InstalledPrograms.Has))
        {
            Add(peer, WatcherState.NotInstalled);
            return;
        }

        try
        {
            Start(peer, wire);
            Add(peer, WatcherState.Measured);
        }
        catch (BenchException failure)
        {
            Add(peer, WatcherState.Failed, failure.Message);
        }
    }

    private static void Start(Contender one, Wire wire) => one.Start(wire).Dispose();

    private void Add(Contender one, WatcherState state, string note = "")
    {
        _all.Add(new Watcher(one.Name, one.Command, state, note));
        if (state == WatcherState.Measured)
            _ready.Add(one);
    }
}
