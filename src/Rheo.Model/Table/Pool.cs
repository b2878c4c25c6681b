using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Rheo.Model.Table;

/// <summary>Structs by index, in chunks that never move: growing copies nothing, and a reference stays good.</summary>
internal sealed class Pool<T>
    where T : unmanaged
{
    private const int Shift = 10;
    private const int ChunkSize = 1 << Shift;
    private const int CacheLine = 64;

    // The first chunk is there from the start, so that index 0 of a FlowRef that was never set can be read.
    private T[][] _chunks = [new T[ChunkSize]];
    private int[] _free = [];
    private int _freeCount;

    /// <summary>Indexes below this have been handed out at some time.</summary>
    public int High { get; private set; }

    /// <summary>Indexes in use.</summary>
    public int Count => High - _freeCount;

    public ref T this[int index] => ref _chunks[index >> Shift][index & (ChunkSize - 1)];

    /// <summary>It will be looked at soon: its memory is fetched meanwhile. Any number will do; one that is no index does nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Expect(int index)
    {
        if (!Sse.IsSupported || (uint)index >= (uint)High)
            return;
        // SAFETY: a prefetch neither reads nor faults; if the collector moves the chunk meanwhile, it was of no use.
        var at = (byte*)Unsafe.AsPointer(ref this[index]);
        for (var line = 0; line < Unsafe.SizeOf<T>(); line += CacheLine)
            Sse.Prefetch0(at + line);
        Sse.Prefetch0(at + Unsafe.SizeOf<T>() - 1);
    }

    /// <summary>An index to use; its struct holds what it held when it was freed.</summary>
    public int Rent()
    {
        if (_freeCount > 0)
            return _free[--_freeCount];
        if (High == _chunks.Length << Shift)
            Grow();
        return High++;
    }

    public void Return(int index)
    {
        if (_freeCount == _free.Length)
            Array.Resize(ref _free, Math.Max(64, 2 * _free.Length));
        _free[_freeCount++] = index;
    }

    private void Grow()
    {
        Array.Resize(ref _chunks, _chunks.Length + 1);
        _chunks[^1] = new T[ChunkSize];
    }
}
