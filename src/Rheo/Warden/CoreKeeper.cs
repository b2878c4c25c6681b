using System.Diagnostics;

namespace Rheo.Warden;

/// <summary>Sees to it that a core runs: starts one, and another within a second when it dies. Threads: one.</summary>
internal sealed class CoreKeeper : IDisposable
{
    /// <summary>A core that was ready so long has proved that it can run.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(1);

    /// <summary>A new core is there within a second, and a core that dies at its start costs less than a tenth of a CPU.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(800);

    /// <summary>Some 15 s of vain attempts: then nobody reads, and nothing may stay attached.</summary>
    private const int MostFailures = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly CoreLauncher _launcher;
    private readonly string[] _arguments;
    private readonly Action _wake;
    private readonly Action<string> _say;
    private CoreProcess? _core;
    private CoreEnd _last;
    private long _endedAt;
    private int _failures;
    private bool _everReady;

    internal CoreKeeper(CoreLauncher launcher, string[] arguments, Action wake, Action<string> say)
    {
        (_launcher, _arguments, _wake, _say) = (launcher, arguments, wake, say);
        _core = CoreProcess.Start(launcher, arguments, wake);
    }

    /// <summary>How often a core was started again.</summary>
    internal int Restarts { get; private set; }

    /// <summary>What a new core must be told; called when one was started in the place of another.</summary>
    internal Action<CoreProcess> Greet { get; set; } = _ => { };

    /// <summary>The running core, if one runs now.</summary>
    internal CoreProcess? Core => _core;

    /// <summary>When the next core is due; null while one runs.</summary>
    internal TimeSpan? Due => _core is null ? Delay - Stopwatch.GetElapsedTime(_endedAt) : null;

    private TimeSpan Delay =>
        TimeSpan.FromMilliseconds(Math.Min(LongestDelay.TotalMilliseconds, _failures < 2 ? 0 : 50 * Math.Pow(2, _failures - 2)));

    /// <summary>Looks after the core. Returns its end if there is to be no other.</summary>
    internal CoreEnd? Tend()
    {
        _core?.Flush();
        if (_core is { HasHungUp: true } core)
        {
            if (Bury(core))
                return _last;
        }

        if (_core is null && Due <= TimeSpan.Zero)
            StartAnother();
        return null;
    }

    /// <summary>Asks the core to end, and waits.</summary>
    internal CoreEnd Stop(byte[] message)
    {
        if (_core is null)
            return _last;
        _core.Send(message);
        return _core.AwaitEnd(Patience);
    }

    public void Dispose() => _core?.Dispose();

    // True when there is to be no other: what it could not do at the start, another could not either.
    private bool Bury(CoreProcess core)
    {
        _last = core.AwaitEnd(TimeSpan.FromSeconds(1));
        _everReady |= core.WasReady;
        _failures = core.ReadyFor > Settled ? 0 : _failures + 1;
        _endedAt = Stopwatch.GetTimestamp();
        core.Dispose();
        _core = null;
        if (!_everReady && _last.Signal == 0)
            return true;
        if (_failures >= MostFailures)
            throw new IOException($"the core died {_failures} times in a row and {_last} at last; nothing is watched any more");
        return false;
    }

    private void StartAnother()
    {
        try
        {
            _core = CoreProcess.Start(_launcher, _arguments, _wake);
        }
        catch (IOException refused) when (++_failures < MostFailures)
        {
            _endedAt = Stopwatch.GetTimestamp(); // no memory just now, or too many processes: what killed the one before may hold on
            _say($"no other core can be started: {refused.Message}; it is tried again");
            return;
        }

        Restarts++;
        _say($"the core {_last}; another one reads on, and nothing that the kernel counted meanwhile is lost");
        Greet(_core);
    }
}
