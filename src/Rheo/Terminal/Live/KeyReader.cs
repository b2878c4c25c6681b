using System.Collections.Concurrent;
using Rheo.Interop;

namespace Rheo.Terminal.Live;

/// <summary>Reads keys from a terminal on a thread of its own, which waits in the kernel and costs nothing between keys.</summary>
public sealed class KeyReader
{
    // A sequence arrives at once; over a slow line its rest comes within this time.
    private const int RestOfSequenceMs = 50;

    private readonly int _terminal;
    private readonly Action _pressed;
    private readonly ConcurrentQueue<Key> _keys = new();
    private readonly Thread _thread;

    /// <summary>Begins to read.</summary>
    /// <param name="terminal">The terminal's descriptor, in raw mode.</param>
    /// <param name="pressed">Called after keys have come, or the terminal has gone; on the reading thread.</param>
    public KeyReader(int terminal, Action pressed)
    {
        (_terminal, _pressed) = (terminal, pressed);
        // It ends with the process: nothing else wakes a thread that waits for a key.
        _thread = new Thread(Run) { IsBackground = true, Name = "keys" };
        _thread.Start();
    }

    /// <summary>The terminal has hung up: no key will ever come.</summary>
    public bool HasEnded => !_thread.IsAlive;

    /// <summary>Takes the next key. From any thread.</summary>
    public bool TryTake(out Key key) => _keys.TryDequeue(out key);

    private void Run()
    {
        var decoder = new KeyDecoder();
        var keys = new List<Key>();
        Span<byte> buffer = stackalloc byte[256];
        while (TerminalCalls.Read(_terminal, buffer) is var count and > 0)
        {
            decoder.Decode(buffer[..count], keys);
            if (decoder.IsWaiting && !TerminalCalls.IsReadable(_terminal, RestOfSequenceMs))
                decoder.Flush(keys);
            keys.ForEach(_keys.Enqueue);
            keys.Clear();
            _pressed();
        }

        _pressed();
    }
}
