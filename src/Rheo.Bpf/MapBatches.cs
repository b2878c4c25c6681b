using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>Steps through all elements of a map, one system call a batch.</summary>
/// <typeparam name="TKey">The key's type.</typeparam>
/// <typeparam name="TValue">The value's type.</typeparam>
public unsafe ref struct MapBatches<TKey, TValue>
    where TKey : unmanaged
    where TValue : unmanaged
{
    private readonly BpfMap _map;
    private readonly BpfCommand _command;
    private readonly Span<TKey> _keys;
    private readonly Span<TValue> _values;
    private readonly int _valuesPerKey;
    private Position _position;
    private int _count;
    private bool _begun;
    private bool _ended;

    internal MapBatches(BpfMap map, BpfCommand command, Span<TKey> keys, Span<TValue> values, int valuesPerKey)
    {
        if (keys.IsEmpty || values.Length != (long)keys.Length * valuesPerKey)
            throw new ArgumentException($"there must be room for a key, and for {valuesPerKey} values a key", nameof(values));
        _map = map;
        _command = command;
        _keys = keys;
        _values = values;
        _valuesPerKey = valuesPerKey;
    }

    /// <summary>The keys of this batch.</summary>
    public readonly ReadOnlySpan<TKey> Keys => _keys[.._count];

    /// <summary>The values of this batch, in the keys' order; of a per-CPU map, all CPUs' values of the first key, then of the next.</summary>
    public readonly ReadOnlySpan<TValue> Values => _values[..(_count * _valuesPerKey)];

    /// <summary>Reads the next batch.</summary>
    /// <returns>False if there are no more elements.</returns>
    /// <exception cref="BpfException">The room is smaller than a bucket of the hash (ENOSPC), or the kernel refused.</exception>
    public bool MoveNext()
    {
        _count = 0;
        while (!_ended && _count == 0)
            Fill();
        return _count > 0;
    }

    private void Fill()
    {
        var count = (uint)_keys.Length;
        var next = default(Position);
        // SAFETY: the spans are pinned and hold `count` elements; a position is as big as a key, and 4 bytes at least.
        fixed (TKey* keys = _keys)
        fixed (TValue* values = _values)
        fixed (Position* position = &_position)
        {
            var result = MapElements.CallBatch(
                _command, _map, new BatchPosition(_begun ? position : null, &next), keys, values, ref count);
            if (result < 0 && result != -Errno.ENOENT)
                throw new BpfException("read map", _map.Name, -result, Advice(-result));
            _ended = result == -Errno.ENOENT;
        }

        (_count, _position, _begun) = ((int)count, next, true);
    }

    private readonly string? Advice(int errno) =>
        errno == Errno.ENOSPC ? $"a bucket of the hash holds more than {_keys.Length} elements: give more room" : ErrorAdvice.For(errno);

    // Opaque to us: a bucket's number for hash maps, the last key for the others.
    private struct Position
    {
#pragma warning disable CS0169, IDE0044, IDE0051 // The kernel writes them.
        private TKey _key;
        private uint _bucket;
#pragma warning restore CS0169, IDE0044, IDE0051
    }
}
