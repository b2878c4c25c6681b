using System.Runtime.InteropServices;

namespace Rheo.Bpf.Interop;

/// <summary>union bpf_attr, the head of BPF_MAP_CREATE's fields.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct MapCreate
{
    [FieldOffset(0)] public uint Type;
    [FieldOffset(4)] public uint KeySize;
    [FieldOffset(8)] public uint ValueSize;
    [FieldOffset(12)] public uint MaxEntries;
    [FieldOffset(16)] public uint Flags;
    [FieldOffset(20)] public int InnerMapFd;
    [FieldOffset(48)] public int BtfFd;
    [FieldOffset(52)] public uint BtfKeyType;
    [FieldOffset(56)] public uint BtfValueType;
    [FieldOffset(60)] public uint BtfVmlinuxValueType;
}
