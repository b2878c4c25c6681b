using System.Runtime.InteropServices;

namespace Rheo.Agent;

/// <summary>
/// Hears SIGINT, SIGTERM and SIGHUP. The first asks for a clean end; a second one kills, as it would have without us.
/// To the agent SIGHUP means something else, or nothing: <see cref="HangupSignal"/>.
/// </summary>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignal(bool hangupStops = true) => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Hear),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Hear),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, hangupStops ? Hear : context => context.Cancel = true),
    ];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void Hear(PosixSignalContext context)
    {
        if (_source.IsCancellationRequested)
            return;
        context.Cancel = true;
        _source.Cancel();
    }
}
