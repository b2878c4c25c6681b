using System.Runtime.InteropServices;
using Rheo.Warden;

namespace Rheo.Agent;

/// <summary>Hears SIGUSR2: the program's file was replaced, and the new one is to go on. Threads: any.</summary>
internal sealed class UpgradeSignal : IDisposable
{
    private const PosixSignal User2 = (PosixSignal)12; // SIGUSR2, on x86-64 and arm64

    private readonly PosixSignalRegistration _registration;
    private int _asked;

    /// <param name="wake">Called when it was heard.</param>
    public UpgradeSignal(Action wake)
    {
        Successor.HearSignal();
        _registration = PosixSignalRegistration.Create(User2, context =>
        {
            context.Cancel = true;
            Volatile.Write(ref _asked, 1);
            wake();
        });
    }

    /// <summary>Whether an upgrade was asked for since the last call that found the agent ready for one.</summary>
    public bool TakeIf(bool isReady) => isReady && Interlocked.Exchange(ref _asked, 0) != 0;

    public void Dispose() => _registration.Dispose();
}
