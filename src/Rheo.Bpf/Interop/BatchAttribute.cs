using System.Runtime.InteropServices;

namespace Rheo.Bpf.Interop;

/// <summary>union bpf_attr, "batch": BPF_MAP_*_BATCH.</summary>
[StructLayout(LayoutKind.Explicit, Size = 56)]
internal struct BatchAttribute
{
    [FieldOffset(0)] public ulong InPosition;
    [FieldOffset(8)] public ulong OutPosition;
    [FieldOffset(16)] public ulong Keys;
    [FieldOffset(24)] public ulong Values;
    [FieldOffset(32)] public uint Count;
    [FieldOffset(36)] public int Map;
    // elem_flags at 40 and flags at 48 stay zero: no map takes any but BPF_F_LOCK.
}
