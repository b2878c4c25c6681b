namespace Rheo.Web;

/// <summary>
/// A text that many may ask for and that one makes at a time: who asks within half a second gets the same bytes. A client that
/// reads slowly holds bytes, and no lock.
/// </summary>
internal sealed class SharedText(Func<Stream, CancellationToken, Task> write)
{
    private const long KeptMs = 500;

    private readonly SemaphoreSlim _one = new(1);
    private ReadOnlyMemory<byte> _text;
    private long _madeMs = long.MinValue / 2;

    /// <summary>The text, half a second old at most.</summary>
    public async Task<ReadOnlyMemory<byte>> Read(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            if (Environment.TickCount64 - _madeMs > KeptMs)
                await Make(cancel);
            return _text;
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task Make(CancellationToken cancel)
    {
        using var stream = new MemoryStream(_text.Length + 4096);
        await write(stream, cancel);
        _text = stream.GetBuffer().AsMemory(0, (int)stream.Length);
        _madeMs = Environment.TickCount64;
    }
}
