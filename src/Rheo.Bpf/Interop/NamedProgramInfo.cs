using System.Runtime.InteropServices;

namespace Rheo.Bpf.Interop;

/// <summary>The head of struct bpf_prog_info, up to the name.</summary>
[StructLayout(LayoutKind.Explicit, Size = 80)]
internal unsafe struct NamedProgramInfo
{
    internal const int NameLength = 16; // BPF_OBJ_NAME_LEN, the final zero included

    [FieldOffset(0)] public uint Type;
    [FieldOffset(4)] public uint Id;
    [FieldOffset(64)] public fixed byte Name[NameLength];
}
