using System.Runtime.Intrinsics;

namespace Rheo.Model.Table;

/// <summary>
/// Four amounts in 8 bytes, good for rates: each is 0 or at least 1, and is off by a two-thousandth at most (an exponent of 6 bits,
/// a mantissa of 10).
/// </summary>
internal readonly struct PackedAmounts(in Vector128<float> amounts)
{
    private const int CutBits = 23 - 10;
    private const uint Half = 1u << (CutBits - 1);

    /// <summary>The exponent of 1 becomes 1, so that 0 is left for zero.</summary>
    private const uint Bias = 126u << 23;

    private readonly ulong _bits = Pack(amounts.AsUInt32());

    public Vector128<float> Amounts
    {
        get
        {
            var bits = Vector128.WidenLower(Vector128.CreateScalar(_bits).AsUInt16());
            var isZero = Vector128.Equals(bits, Vector128<uint>.Zero);
            return Vector128.AndNot((bits << CutBits) + Vector128.Create(Bias), isZero).AsSingle();
        }
    }

    private static ulong Pack(Vector128<uint> bits)
    {
        var isZero = Vector128.Equals(bits, Vector128<uint>.Zero);
        var packed = Vector128.AndNot((bits + Vector128.Create(unchecked(Half - Bias))) >>> CutBits, isZero);
        return Vector128.Narrow(packed, packed).AsUInt64().ToScalar();
    }
}
