using System.Runtime.CompilerServices;

namespace Rheo.Bpf;

/// <summary>The records of a batch once more, for who runs ahead of its reader to see what comes. It gives nothing back and takes nothing away.</summary>
public unsafe ref struct RingOutlook
{
    private readonly byte* _data;
    private readonly nuint _end;
    private nuint _position;

    internal RingOutlook(byte* data, nuint position, nuint end)
    {
        _data = data;
        _position = position;
        _end = end;
    }

    /// <summary>Looks at the next record. It must not be one that the batch has passed: keep ahead of it.</summary>
    /// <param name="record">The bytes, as <see cref="RingBatch.TryRead"/> gives them; valid until the batch has taken it.</param>
    /// <returns>False at the end, or where a record is still being written: the next call looks again.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TrySee(out ReadOnlySpan<byte> record)
    {
        while ((nint)(_end - _position) > 0)
        {
            // SAFETY: position lies between the batch's own and its end, and all between the two is mapped in one piece as long as the batch is open.
            var header = _data + _position;
            var length = Volatile.Read(ref *(uint*)header);
            if ((length & RingBatch.BusyBit) != 0 || RingBatch.Size(length) > _end - _position)
                break; // or of one that was given back and written over, whose header is anything
            _position += RingBatch.Size(length);
            if ((length & RingBatch.DiscardBit) != 0)
                continue;
            record = new ReadOnlySpan<byte>(header + RingBatch.HeaderSize, (int)length);
            return true;
        }

        record = default;
        return false;
    }
}
