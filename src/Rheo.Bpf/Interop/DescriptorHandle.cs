using System.Runtime.InteropServices;

namespace Rheo.Bpf.Interop;

/// <summary>Owns one file descriptor.</summary>
internal sealed class DescriptorHandle : SafeHandle
{
    public DescriptorHandle(int descriptor)
        : base(-1, ownsHandle: true) => SetHandle(descriptor);

    public override bool IsInvalid => handle < 0;

    public int Descriptor => (int)handle;

    protected override bool ReleaseHandle() => Libc.close((int)handle) == 0;
}
