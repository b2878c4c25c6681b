using System.Buffers;
using System.Runtime.InteropServices;

namespace Rheo.Bpf;

/// <summary>
/// One element of a per-CPU map as the kernel lays it out: each CPU's value at a multiple of 8 bytes. Where values have such a size
/// anyway, it is the caller's own span; else a rented buffer with room between.
/// </summary>
internal readonly ref struct PerCpuBuffer<TValue>
    where TValue : unmanaged
{
    private readonly byte[]? _rented;
    private readonly int _stride;
    private readonly int _count;

    public unsafe PerCpuBuffer(int count, bool dense)
    {
        _count = count;
        _stride = (sizeof(TValue) + 7) & ~7;
        _rented = dense ? null : ArrayPool<byte>.Shared.Rent(count * _stride);
    }

    /// <summary>The memory to give to the kernel for reading.</summary>
    public Span<byte> Bytes(Span<TValue> values) => _rented ?? MemoryMarshal.AsBytes(values);

    /// <summary>The memory to give to the kernel for writing, with the values in it.</summary>
    public ReadOnlySpan<byte> Filled(ReadOnlySpan<TValue> values)
    {
        if (_rented is null)
            return MemoryMarshal.AsBytes(values);
        Array.Clear(_rented, 0, _count * _stride);
        for (var i = 0; i < _count; i++)
            MemoryMarshal.Write(_rented.AsSpan(i * _stride), values[i]);
        return _rented;
    }

    /// <summary>Gives the caller what the kernel has written, if it is not in the caller's memory already.</summary>
    public void CopyTo(Span<TValue> values)
    {
        if (_rented is null)
            return;
        for (var i = 0; i < _count; i++)
            values[i] = MemoryMarshal.Read<TValue>(_rented.AsSpan(i * _stride));
    }

    public void Dispose()
    {
        if (_rented is not null)
            ArrayPool<byte>.Shared.Return(_rented);
    }
}
