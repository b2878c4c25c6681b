using System.Runtime.CompilerServices;

namespace Rheo.Model.Table;

/// <summary>Structs by index, in chunks that never move: growing copies nothing, and a reference stays good.</summary>
internal sealed partial class Pool<T>
    where T : struct
{
    private const int Shift = 10;
    private const int ChunkSize = 1 << Shift;
    private const int RentAhead = 4;

    // The first chunk is there from the start, so that index 0 of a FlowRef that was never set can be read.
    private T[][] _chunks = [new T[ChunkSize]];
    private int[] _free = [];
    private int _freeCount;

    /// <summary>Indexes below this have been handed out at some time.</summary>
    public int High { get; private set; }

    /// <summary>Indexes in use.</summary>
    public int Count => High - _freeCount - _resting.Count - (_gone.Count << Shift);

    public ref T this[int index] => ref _chunks[index >> Shift][index & (ChunkSize - 1)];

    /// <summary>It will be looked at soon: its memory is fetched meanwhile. Any number will do; one that is no index does nothing. From any thread.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Expect(int index)
    {
        var chunks = _chunks;
        if ((uint)(index >> Shift) < (uint)chunks.Length)
            Prefetch.All(ref chunks[index >> Shift][index & (ChunkSize - 1)]);
    }

    /// <summary>An index to use; its struct holds what it held when it was freed, or nothing.</summary>
    public int Rent()
    {
        if (_freeCount > 0)
            return RentFree();
        MakeRoom();
        return _freeCount > 0 ? RentFree() : High++;
    }

    // What was freed some time ago is written wholly when it is taken: the one that comes a few later is fetched.
    private int RentFree()
    {
        if (_freeCount > RentAhead)
            Expect(_free[_freeCount - 1 - RentAhead]);
        return _free[--_freeCount];
    }

    public void Return(int index)
    {
        if (index >= _limit)
            _resting.Add(index);
        else
            Free(index);
    }

    // It is handed out next.
    private void Free(int index)
    {
        if (_freeCount == _free.Length)
            Array.Resize(ref _free, Math.Max(64, 2 * _free.Length));
        _free[_freeCount++] = index;
    }

    // There is one free, or one that was never handed out, afterwards.
    private void MakeRoom()
    {
        if (_limit != NoLimit)
            EndShrinking();
        if (_freeCount > 0 || High < _chunks.Length << Shift)
            return;
        if (_gone.TryPop(out var chunk))
            TakeBack(chunk);
        else
            _chunks = [.. _chunks, new T[ChunkSize]]; // whole at any time: others may look
    }
}
