using System.Runtime.InteropServices;

namespace Rheo.Bpf.Interop;

/// <summary>struct bpf_map_info (linux/bpf.h), as far as it is read here.</summary>
[StructLayout(LayoutKind.Explicit, Size = 88)]
internal unsafe struct MapInfo
{
    public const int NameLength = 16; // BPF_OBJ_NAME_LEN, the final zero included

    [FieldOffset(0)] public uint Type;
    [FieldOffset(4)] public uint Id;
    [FieldOffset(8)] public uint KeySize;
    [FieldOffset(12)] public uint ValueSize;
    [FieldOffset(16)] public uint MaxEntries;
    [FieldOffset(20)] public uint Flags;
    [FieldOffset(24)] public fixed byte Name[NameLength];
}
