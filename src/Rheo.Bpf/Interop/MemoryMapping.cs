using System.Runtime.InteropServices;

namespace Rheo.Bpf.Interop;

/// <summary>Owns one shared memory mapping of a map. The mapping keeps the map alive in the kernel, whatever becomes of its descriptor.</summary>
internal sealed class MemoryMapping : SafeHandle
{
    private readonly nuint _length;

    private MemoryMapping(nint address, nuint length)
        : base(-1, ownsHandle: true)
    {
        _length = length;
        SetHandle(address);
    }

    public override bool IsInvalid => handle == -1;

    public nint Address => handle;

    public static MemoryMapping Create(BpfMap map, nuint length, int protection, nint offset) =>
        Create(map.FileDescriptor, map.Name, length, protection, offset);

    public static MemoryMapping Create(int descriptor, string name, nuint length, int protection, nint offset)
    {
        var address = Libc.mmap(0, length, protection, Libc.MapShared, descriptor, offset);
        if (address == -1)
            throw new BpfException("map memory of", name, Marshal.GetLastPInvokeError());
        return new MemoryMapping(address, length);
    }

    protected override bool ReleaseHandle() => Libc.munmap(handle, _length) == 0;
}
