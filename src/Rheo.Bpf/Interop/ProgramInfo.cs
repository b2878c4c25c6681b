using System.Runtime.InteropServices;

namespace Rheo.Bpf.Interop;

/// <summary>struct bpf_prog_info (linux/bpf.h), as far as it is read here.</summary>
[StructLayout(LayoutKind.Explicit, Size = 224)]
internal struct ProgramInfo
{
    [FieldOffset(0)] public uint Type;
    [FieldOffset(4)] public uint Id;
    [FieldOffset(8)] public ulong Tag;
    [FieldOffset(16)] public uint JitedLength;
    [FieldOffset(20)] public uint TranslatedLength;
    [FieldOffset(192)] public ulong RunTimeNs;
    [FieldOffset(200)] public ulong RunCount;
    [FieldOffset(208)] public ulong RecursionMisses;
    [FieldOffset(216)] public uint VerifiedInstructions;
}
