using System.Threading.Channels;

namespace Rheo.Agent;

/// <summary>
/// Pieces of a stream, frames of a journal or lines, on their way to one reader of the Unix socket. Bounded: a reader that falls too far
/// behind is dropped, and told so if it ever reads on.
/// Threads: one writes, another reads.
/// </summary>
/// <param name="most">Bytes that may wait.</param>
/// <param name="end">The last piece of such a stream, which says why it ends.</param>
internal sealed class ReaderQueue(long most, Func<string, byte[]> end)
{
    // Two take from it: the reader, and who drops the reader.
    private readonly Channel<byte[]> _pieces = Channel.CreateUnbounded<byte[]>();
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

    /// <summary>Adds a piece; false when too much waits already.</summary>
    public bool TryAdd(byte[] piece)
    {
        if (Interlocked.Add(ref _waiting, piece.Length) > most)
            return false;
        return _pieces.Writer.TryWrite(piece);
    }

    /// <summary>Nothing follows but the reason.</summary>
    public void End(string reason)
    {
        _pieces.Writer.TryWrite(end(reason));
        _pieces.Writer.TryComplete();
    }

    /// <summary>What waits is thrown away, and the reader told why.</summary>
    public void Drop(string reason)
    {
        while (_pieces.Reader.TryRead(out _))
        {
        }

        End(reason);
    }

    /// <summary>The next piece; null after the last.</summary>
    public async ValueTask<byte[]?> Next(CancellationToken cancel)
    {
        while (await _pieces.Reader.WaitToReadAsync(cancel))
        {
            if (!_pieces.Reader.TryRead(out var piece))
                continue; // it was thrown away at this moment, and the reason follows
            Interlocked.Add(ref _waiting, -piece.Length);
            return piece;
        }

        return null;
    }
}
