using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Rheo.Model.Table;

/// <summary>What a conversation carried that was active in one bucket alone, as most are of a scan or a flood. 24 bytes, where a <see cref="RateEntry"/> has 152.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal struct BriefRates
{
    public Vector128<float> Amounts; // bytes and packets from side 0, then from side 1
    public int Sequence; // of the bucket
    public int Owner; // index of the conversation; -1 when free

    /// <summary>The same as an entry for many buckets.</summary>
    public readonly RateEntry Whole => new() { Open = Amounts, Sequence = Sequence, Owner = Owner };
}
