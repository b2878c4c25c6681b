using System.Diagnostics;

namespace Rheo.Warden;

/// <summary>Sees to it that a core runs: starts one, and another within a second when it dies. Threads: one.</summary>
internal sealed class CoreKeeper : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly CoreLauncher _launcher;
    private readonly string[] _arguments;
    private readonly Action _wake;
    private readonly Action<string> _say;
    private CoreProcess? _core;
    private CoreEnd _last;
    private long _endedAt;
    private RestartPace _pace;
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
    internal TimeSpan? Due => _core is null ? _pace.Delay - Stopwatch.GetElapsedTime(_endedAt) : null;

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
        _pace.Fail(core.ReadyFor);
        _endedAt = Stopwatch.GetTimestamp();
        core.Dispose();
        _core = null;
        if (!_everReady && _last.Signal == 0)
            return true;
        if (_pace.IsInVain)
            throw new IOException($"the core died {_pace.Failures} times in a row and {_last} at last; nothing is watched any more");
        return false;
    }

    private void StartAnother()
    {
        try
        {
            _core = CoreProcess.Start(_launcher, _arguments, _wake);
        }
        catch (IOException refused)
        {
            _pace.Fail(TimeSpan.Zero);
            if (_pace.IsInVain)
                throw;
            _endedAt = Stopwatch.GetTimestamp(); // no memory just now, or too many processes: what killed the one before may hold on
            _say($"no other core can be started: {refused.Message}; it is tried again");
            return;
        }

        Restarts++;
        _say($"the core {_last}; another one reads on, and nothing that the kernel counted meanwhile is lost");
        Greet(_core);
    }
}
