using System.Threading.Channels;

namespace Rheo.Journal;

/// <summary>
/// Frames on their way to one reader. Bounded: a reader that falls too far behind is dropped, and told so if it ever reads on.
/// Threads: one writes, another reads.
/// </summary>
/// <param name="most">Bytes that may wait.</param>
/// <param name="end">The last frame, for a reason; null: a journal's.</param>
internal sealed class JournalQueue(long most, Func<string, byte[]>? end = null)
{
    private readonly Channel<byte[]> _frames = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private long _waiting;
    private volatile bool _isLeft;

    /// <summary>The reader has gone.</summary>
    public bool IsLeft => _isLeft;

    /// <summary>The reader has gone because it took nothing any more.</summary>
    public bool IsStalled { get; private set; }

    /// <summary>The reader goes.</summary>
    public void Leave() => _isLeft = true;

    /// <summary>The reader is let go, since it takes nothing any more.</summary>
    public void Stall()
    {
        IsStalled = true;
        _isLeft = true;
    }

    /// <summary>Adds a frame; false when too much waits already.</summary>
    public bool TryAdd(byte[] frame)
    {
        if (Interlocked.Add(ref _waiting, frame.Length) > most)
            return false;
        return _frames.Writer.TryWrite(frame);
    }

    /// <summary>Nothing follows but the reason.</summary>
    public void End(string reason)
    {
        _frames.Writer.TryWrite((end ?? JournalRecorder.End)(reason));
        _frames.Writer.TryComplete();
    }

    /// <summary>What waits is thrown away, and the reader told why.</summary>
    public void Drop(string reason)
    {
        while (_frames.Reader.TryRead(out _))
        {
        }

        End(reason);
    }

    /// <summary>The next frame; null after the last.</summary>
    public async ValueTask<byte[]?> Next(CancellationToken cancel)
    {
        if (!await _frames.Reader.WaitToReadAsync(cancel) || !_frames.Reader.TryRead(out var frame))
            return null;
        Interlocked.Add(ref _waiting, -frame.Length);
        return frame;
    }
}
