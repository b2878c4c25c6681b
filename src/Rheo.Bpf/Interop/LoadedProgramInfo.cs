using System.Runtime.InteropServices;

namespace Rheo.Bpf.Interop;

/// <summary>struct bpf_prog_info (linux/bpf.h), as far as it is read of programs of others: name, maps, statistics.</summary>
[StructLayout(LayoutKind.Explicit, Size = 224)]
internal unsafe struct LoadedProgramInfo
{
    internal const int NameLength = 16; // BPF_OBJ_NAME_LEN, the final zero included

    [FieldOffset(0)] public uint Type;
    [FieldOffset(4)] public uint Id;
    [FieldOffset(52)] public uint MapCount;
    [FieldOffset(56)] public ulong MapIds;
    [FieldOffset(64)] public fixed byte Name[NameLength];
    [FieldOffset(192)] public ulong RunTimeNs;
    [FieldOffset(200)] public ulong RunCount;
    [FieldOffset(208)] public ulong RecursionMisses;
    [FieldOffset(216)] public uint VerifiedInstructions;
}
