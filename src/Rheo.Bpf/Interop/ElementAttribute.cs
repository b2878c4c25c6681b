using System.Runtime.InteropServices;

namespace Rheo.Bpf.Interop;

/// <summary>union bpf_attr, BPF_MAP_*_ELEM: one element of a map.</summary>
[StructLayout(LayoutKind.Explicit, Size = 32)]
internal struct ElementAttribute
{
    [FieldOffset(0)] public int Map;
    [FieldOffset(8)] public ulong Key;
    [FieldOffset(16)] public ulong Value; // next_key, for BPF_MAP_GET_NEXT_KEY
    [FieldOffset(24)] public ulong Flags;
}
