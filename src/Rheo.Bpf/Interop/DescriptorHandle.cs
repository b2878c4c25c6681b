using System.Runtime.InteropServices;

namespace Rheo.Bpf.Interop;

/// <summary>Owns one file descriptor.</summary>
internal sealed class DescriptorHandle : SafeHandle
{
    public DescriptorHandle(int descriptor)
        : base(-1, ownsHandle: true) => SetHandle(descriptor);

    public override bool IsInvalid => handle < 0;

    public int Descriptor => (int)handle;

    /// <summary>Takes over a descriptor that a call has returned, or throws what its negative errno says.</summary>
    public static DescriptorHandle Of(int result, string operation, string target) =>
        result >= 0 ? new DescriptorHandle(result) : throw new BpfException(operation, target, -result);

    public static DescriptorHandle Duplicate(int descriptor, string target) => Of(Libc.Duplicate(descriptor), "duplicate descriptor of", target);

    protected override bool ReleaseHandle() => Libc.close((int)handle) == 0;
}
