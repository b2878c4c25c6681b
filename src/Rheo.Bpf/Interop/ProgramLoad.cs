using System.Runtime.InteropServices;

namespace Rheo.Bpf.Interop;

/// <summary>union bpf_attr, the head of BPF_PROG_LOAD's fields: enough for a probe.</summary>
[StructLayout(LayoutKind.Explicit, Size = 72)]
internal struct ProgramLoad
{
    [FieldOffset(0)] public uint Type;
    [FieldOffset(4)] public uint InstructionCount;
    [FieldOffset(8)] public ulong Instructions;
    [FieldOffset(16)] public ulong License;
    [FieldOffset(24)] public uint LogLevel;
    [FieldOffset(28)] public uint LogSize;
    [FieldOffset(32)] public ulong LogBuffer;
    [FieldOffset(40)] public uint KernelVersion;
    [FieldOffset(44)] public uint Flags;
    [FieldOffset(68)] public AttachType ExpectedAttachType;
}
