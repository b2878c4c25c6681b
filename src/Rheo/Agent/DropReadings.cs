using Rheo.Model.Drops;

namespace Rheo.Agent;

/// <summary>
/// Readings of the kernel's drops for who asks over HTTP: one at a time, and after each a rest of four times as long as it took. Who asks
/// meanwhile gets the same, so that no crowd of readers takes more than a fifth of a core, or keeps the capture waiting. Threads: any.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class DropReadings(TimeProvider time)
{
    private const int Rest = 4;

    private readonly Lock _lock = new();
    private Task<DropSnapshot>? _last;
    private long _until; // set before the reading has ended

    /// <summary>What was dropped so far, as of now or of a moment ago.</summary>
    /// <param name="read">Reads it.</param>
    public Task<DropSnapshot> Read(Func<DropSnapshot> read)
    {
        lock (_lock)
        {
            var isFresh = _last is { IsCompleted: false } || (_last is { IsCompletedSuccessfully: true } && time.GetTimestamp() < Volatile.Read(ref _until));
            return isFresh ? _last! : _last = Task.Run(() => Timed(read));
        }
    }

    private DropSnapshot Timed(Func<DropSnapshot> read)
    {
        var began = time.GetTimestamp();
        var snapshot = read();
        var ended = time.GetTimestamp();
        Volatile.Write(ref _until, ended + (Rest * (ended - began)));
        return snapshot;
    }
}
