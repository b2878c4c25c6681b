using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Rheo.Model.Table;

/// <summary>What an active conversation carried lately: eleven buckets of about a second and six of ten.</summary>
/// <remarks>
/// A bucket is a vector of bytes and packets from side 0, then from side 1. Single precision is enough for a rate and halves the memory.
/// </remarks>
internal struct RateEntry
{
    public Buckets Seconds; // by sequence number modulo 11: the current one and ten that are closed
    public Groups Tens; // by sequence number / 10 modulo 6: closed groups of ten buckets
    public int Sequence; // of the newest bucket that was written
    public int Owner; // index of the conversation; -1 when free

    /// <summary>Makes the bucket with this number the newest; those between are empty.</summary>
    public void AdvanceTo(int sequence)
    {
        if (sequence - Sequence > RateClock.Remembered)
        {
            Seconds = default;
            Tens = default;
            Sequence = sequence;
        }
        while (Sequence < sequence)
            OpenNext();
    }

    public void Add(in Vector128<float> amounts) => Seconds[Sequence % Buckets.Length] += amounts;

    private void OpenNext()
    {
        if (++Sequence % RateClock.GroupLength == 0)
            Tens[((Sequence / RateClock.GroupLength) - 1) % Groups.Length] = SumOfLast(RateClock.GroupLength);
        Seconds[Sequence % Buckets.Length] = default;
    }

    /// <summary>The sum of the last buckets that are closed.</summary>
    public readonly Vector128<float> SumOfLast(int count)
    {
        var sum = Vector128<float>.Zero;
        for (var age = 1; age <= Math.Min(count, Sequence); age++)
            sum += Seconds[(Sequence - age) % Buckets.Length];
        return sum;
    }

    /// <summary>The same as of a later bucket, without opening those between, which are empty.</summary>
    public readonly Vector128<float> SumUpTo(int sequence, int count)
    {
        var sum = Vector128<float>.Zero;
        for (var bucket = Math.Min(Sequence, sequence - 1); bucket >= Math.Max(0, sequence - count); bucket--)
            sum += Seconds[bucket % Buckets.Length];
        return sum;
    }

    [InlineArray(Length)]
    internal struct Buckets
    {
        public const int Length = 11;
        private Vector128<float> _element;
    }

    [InlineArray(Length)]
    internal struct Groups
    {
        public const int Length = 6;
        private Vector128<float> _element;
    }
}
