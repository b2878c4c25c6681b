using System.Runtime.InteropServices;

namespace Rheo.Bpf.Interop;

/// <summary>Owns a struct bpf_object: its maps, programs and descriptors go with it.</summary>
internal sealed class ObjectHandle : SafeHandle
{
    public ObjectHandle(nint pointer)
        : base(0, ownsHandle: true) => SetHandle(pointer);

    public override bool IsInvalid => handle == 0;

    public nint Pointer => handle;

    protected override bool ReleaseHandle()
    {
        Libbpf.bpf_object__close(handle);
        return true;
    }
}
