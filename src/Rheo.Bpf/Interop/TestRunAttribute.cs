using System.Runtime.InteropServices;

namespace Rheo.Bpf.Interop;

/// <summary>union bpf_attr, "test": BPF_PROG_TEST_RUN.</summary>
[StructLayout(LayoutKind.Explicit, Size = 80)]
internal struct TestRunAttribute
{
    public const uint LiveFrames = 1 << 1; // BPF_F_TEST_XDP_LIVE_FRAMES
    public const uint OnCpu = 1 << 0; // BPF_F_TEST_RUN_ON_CPU

    [FieldOffset(0)] public int Program;
    [FieldOffset(4)] public uint ReturnValue;
    [FieldOffset(8)] public uint DataLength;
    [FieldOffset(12)] public uint DataOutLength;
    [FieldOffset(16)] public ulong Data;
    [FieldOffset(24)] public ulong DataOut;
    [FieldOffset(32)] public uint Repeat;
    [FieldOffset(36)] public uint DurationNs;
    [FieldOffset(40)] public uint ContextLength;
    [FieldOffset(44)] public uint ContextOutLength;
    [FieldOffset(48)] public ulong Context;
    [FieldOffset(56)] public ulong ContextOut;
    [FieldOffset(64)] public uint Flags;
    [FieldOffset(68)] public uint Cpu;
    [FieldOffset(72)] public uint BatchSize;
}
