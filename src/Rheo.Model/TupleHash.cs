using System.Runtime.InteropServices;

namespace Rheo.Model;

/// <summary>
/// Hashes of addresses and ports that nobody can aim at without the keys: of any two tuples, one pair of keys in 2^32 gives them the same.
/// Multilinear-HM of Lemire and Kaser, "Strongly universal string hashing is fast" (2014): one plain multiplication for 64 bits, where the folded
/// ones of wyhash take four each without BMI2, which a program for any x86-64 has not.
/// </summary>
internal sealed class TupleHash
{
    private const int Words = 6;

    private readonly ulong[] _keys = new ulong[1 + (2 * Words)];

    public TupleHash(Random random) => random.NextBytes(MemoryMarshal.AsBytes(_keys.AsSpan()));

    /// <summary>The hash of six words; all 32 bits of it are as good.</summary>
    public uint Of(ulong first, ulong second, ulong third, ulong fourth, ulong fifth, ulong sixth)
    {
        ReadOnlySpan<ulong> keys = _keys;
        var sum = keys[12] + Pair(first, keys[0], keys[1]) + Pair(second, keys[2], keys[3]) + Pair(third, keys[4], keys[5])
            + Pair(fourth, keys[6], keys[7]) + Pair(fifth, keys[8], keys[9]) + Pair(sixth, keys[10], keys[11]);
        return (uint)(sum >> 32);
    }

    private static ulong Pair(ulong word, ulong one, ulong other) => (one + (uint)word) * (other + (word >> 32));
}
