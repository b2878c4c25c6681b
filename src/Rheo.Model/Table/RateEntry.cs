using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Rheo.Model.Table;

/// <summary>What an active conversation carried lately: the open bucket of about a second, ten that are closed, and six of ten. 152 bytes.</summary>
/// <remarks>
/// A bucket is a vector of bytes and packets from side 0, then from side 1. Single precision is enough for a rate, and half of that for
/// a bucket that nothing is added to any more.
/// </remarks>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal struct RateEntry
{
    public Vector128<float> Open; // the newest bucket that was written
    public Buckets Seconds; // by sequence number modulo 10: those that are closed
    public Groups Tens; // by sequence number / 10 modulo 6: closed groups of ten buckets
    public int Sequence; // of the open bucket
    public int Owner; // index of the conversation; -1 when free

    /// <summary>Makes the bucket with this number the newest; those between are empty.</summary>
    public void AdvanceTo(int sequence)
    {
        if (sequence - Sequence > RateClock.Remembered)
        {
            Open = default;
            Seconds = default;
            Tens = default;
            Sequence = sequence;
        }
        while (Sequence < sequence)
            OpenNext();
    }

    public void Add(in Vector128<float> amounts) => Open += amounts;

    private void OpenNext()
    {
        Seconds[Sequence % Buckets.Length] = new PackedAmounts(in Open);
        Open = default;
        if (++Sequence % RateClock.GroupLength == 0)
            Tens[((Sequence / RateClock.GroupLength) - 1) % Groups.Length] = new PackedAmounts(SumOfLast(RateClock.GroupLength));
    }

    /// <summary>The sum of the last buckets that are closed, up to ten.</summary>
    public readonly Vector128<float> SumOfLast(int count) => SumUpTo(Sequence, count);

    /// <summary>The same as of a later bucket, without opening those between, which are empty.</summary>
    public readonly Vector128<float> SumUpTo(int sequence, int count)
    {
        // As it will be once it is closed: sorted and shown rates are the same.
        var sum = Sequence < sequence && Sequence >= sequence - count ? new PackedAmounts(in Open).Amounts : Vector128<float>.Zero;
        for (var bucket = Math.Min(Sequence, sequence) - 1; bucket >= Math.Max(0, sequence - count); bucket--)
            sum += Seconds[bucket % Buckets.Length].Amounts;
        return sum;
    }

    [InlineArray(Length)]
    internal struct Buckets
    {
        public const int Length = 10;
        private PackedAmounts _element;
    }

    [InlineArray(Length)]
    internal struct Groups
    {
        public const int Length = 6;
        private PackedAmounts _element;
    }
}
