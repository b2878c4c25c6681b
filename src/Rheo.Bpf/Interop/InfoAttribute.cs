using System.Runtime.InteropServices;

namespace Rheo.Bpf.Interop;

/// <summary>union bpf_attr, "info": BPF_OBJ_GET_INFO_BY_FD.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct InfoAttribute
{
    [FieldOffset(0)] public int Descriptor;
    [FieldOffset(4)] public uint Length;
    [FieldOffset(8)] public ulong Info;
}
