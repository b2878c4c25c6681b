using System.Runtime.InteropServices;

namespace Rheo.Bpf.Interop;

/// <summary>struct bpf_object_open_opts of libbpf 1.1, on 64-bit machines.</summary>
[StructLayout(LayoutKind.Explicit, Size = 72)]
internal unsafe struct BpfObjectOpenOptions
{
    [FieldOffset(0)] public nuint Size;
    [FieldOffset(8)] public byte* ObjectName;
    [FieldOffset(16)] public byte RelaxedMaps;
    [FieldOffset(24)] public byte* PinRootPath;
    [FieldOffset(40)] public byte* Kconfig;
    [FieldOffset(48)] public byte* BtfCustomPath;
    [FieldOffset(56)] public byte* KernelLogBuffer;
    [FieldOffset(64)] public nuint KernelLogSize;
}
