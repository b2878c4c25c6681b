using System.Runtime.InteropServices;

namespace Rheo.Bpf.Interop;

/// <summary>union bpf_attr, "link_create": BPF_LINK_CREATE. From offset 16 on each hook has its own fields.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct LinkCreate
{
    [FieldOffset(0)] public int ProgramFd;
    [FieldOffset(4)] public int TargetFd;
    [FieldOffset(4)] public int TargetIfindex;
    [FieldOffset(8)] public AttachType AttachType;
    [FieldOffset(12)] public uint Flags;

    [FieldOffset(16)] public ulong IteratorInfo;
    [FieldOffset(24)] public uint IteratorInfoLength;

    [FieldOffset(16)] public ulong PerfEventCookie;

    [FieldOffset(16)] public uint TcxRelative;
    [FieldOffset(24)] public ulong TcxExpectedRevision;

    [FieldOffset(16)] public ulong UprobePath;
    [FieldOffset(24)] public ulong UprobeOffsets;
    [FieldOffset(32)] public ulong UprobeReferenceOffsets;
    [FieldOffset(40)] public ulong UprobeCookies;
    [FieldOffset(48)] public uint UprobeCount;
    [FieldOffset(52)] public uint UprobeFlags;
}
