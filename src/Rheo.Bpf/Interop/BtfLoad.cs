using System.Runtime.InteropServices;

namespace Rheo.Bpf.Interop;

/// <summary>union bpf_attr, the head of BPF_BTF_LOAD's fields.</summary>
[StructLayout(LayoutKind.Explicit, Size = 24)]
internal struct BtfLoad
{
    [FieldOffset(0)] public ulong Btf;
    [FieldOffset(16)] public uint Size;
}
