using System.Runtime.InteropServices;

namespace Rheo.Bpf.Interop;

// The parts of union bpf_attr behind the other commands on links and hooks.

/// <summary>"link_update": BPF_LINK_UPDATE.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct LinkUpdate
{
    [FieldOffset(0)] public int LinkFd;
    [FieldOffset(4)] public int NewProgramFd;
    [FieldOffset(8)] public uint Flags;
    [FieldOffset(12)] public int OldProgramFd;
}

/// <summary>"iter_create": BPF_ITER_CREATE.</summary>
[StructLayout(LayoutKind.Explicit, Size = 8)]
internal struct IteratorCreate
{
    [FieldOffset(0)] public int LinkFd;
    [FieldOffset(4)] public uint Flags;
}

/// <summary>"raw_tracepoint": BPF_RAW_TRACEPOINT_OPEN. Without a name: the BTF tracepoint the program was loaded for.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct RawTracepointOpen
{
    [FieldOffset(0)] public ulong Name;
    [FieldOffset(8)] public int ProgramFd;
}

/// <summary>"query": BPF_PROG_QUERY.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct ProgramQuery
{
    [FieldOffset(0)] public int TargetIfindex;
    [FieldOffset(0)] public int TargetFd;
    [FieldOffset(4)] public AttachType AttachType;
    [FieldOffset(8)] public uint QueryFlags;
    [FieldOffset(12)] public uint AttachFlags;
    [FieldOffset(16)] public ulong ProgramIds;
    [FieldOffset(24)] public uint Count;
    [FieldOffset(32)] public ulong ProgramAttachFlags;
    [FieldOffset(40)] public ulong LinkIds;
    [FieldOffset(48)] public ulong LinkAttachFlags;
    [FieldOffset(56)] public ulong Revision;
}

/// <summary>The "get by id" commands: BPF_PROG_GET_FD_BY_ID and its like.</summary>
[StructLayout(LayoutKind.Explicit, Size = 12)]
internal struct ObjectById
{
    [FieldOffset(0)] public uint Id;
    [FieldOffset(4)] public uint NextId;
    [FieldOffset(8)] public uint OpenFlags;
}

/// <summary>struct bpf_link_info, as far as it is read here.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct LinkInfo
{
    [FieldOffset(0)] public uint Type;
    [FieldOffset(4)] public uint Id;
    [FieldOffset(8)] public uint ProgramId;
    [FieldOffset(16)] public uint Ifindex;
    [FieldOffset(20)] public AttachType TcxAttachType;
    [FieldOffset(16)] public ulong CgroupId;
}

/// <summary>union bpf_iter_link_info: what an iterator is to walk.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct IteratorInfo
{
    [FieldOffset(0)] public int MapFd;
    [FieldOffset(0)] public uint CgroupOrder;
    [FieldOffset(4)] public int CgroupFd;
    [FieldOffset(8)] public ulong CgroupId;
    [FieldOffset(0)] public uint TaskTid;
    [FieldOffset(4)] public uint TaskPid;
    [FieldOffset(8)] public int TaskPidFd;
}
