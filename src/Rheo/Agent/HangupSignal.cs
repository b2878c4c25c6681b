using System.Runtime.InteropServices;

namespace Rheo.Agent;

/// <summary>
/// Hears SIGHUP, which has two meanings: the administrator's "read your configuration again", and the kernel's "your terminal is gone",
/// on which whoever was started by hand has to end. Threads: any.
/// </summary>
internal sealed class HangupSignal : IDisposable
{
    private readonly bool _hadTerminal = HasTerminal();
    private readonly Action _wake;
    private readonly PosixSignalRegistration _registration;
    private int _reload;

    /// <param name="wake">Called when it was heard; look at the properties then.</param>
    public HangupSignal(Action wake)
    {
        _wake = wake;
        _registration = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Hear);
    }

    /// <summary>The terminal that we were started from is gone.</summary>
    public bool IsEnd { get; private set; }

    /// <summary>Whether a reload was asked for since the last call.</summary>
    public bool TakeReload() => Interlocked.Exchange(ref _reload, 0) != 0;

    public void Dispose() => _registration.Dispose();

    private void Hear(PosixSignalContext context)
    {
        context.Cancel = true;
        if (_hadTerminal && !HasTerminal())
            IsEnd = true;
        else
            Volatile.Write(ref _reload, 1);
        _wake();
    }

    // /dev/tty can be opened by who has a controlling terminal that is still there (tty(4)).
    private static bool HasTerminal()
    {
        try
        {
            File.OpenHandle("/dev/tty").Dispose();
            return true;
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
