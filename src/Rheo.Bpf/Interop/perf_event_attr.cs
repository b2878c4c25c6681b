using System.Runtime.InteropServices;

namespace Rheo.Bpf.Interop;

/// <summary>struct perf_event_attr up to PERF_ATTR_SIZE_VER5, as far as tracepoints and uprobes use it.</summary>
[StructLayout(LayoutKind.Explicit, Size = 112)]
internal struct perf_event_attr
{
    [FieldOffset(0)] public uint type;
    [FieldOffset(4)] public uint size;
    [FieldOffset(8)] public ulong config;
    [FieldOffset(56)] public ulong uprobe_path;
    [FieldOffset(64)] public ulong probe_offset;
}
