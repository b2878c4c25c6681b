using System.Runtime.InteropServices;

namespace Rheo.Bpf.Interop;

/// <summary>The libc calls under a netlink socket.</summary>
internal static unsafe partial class NetlinkCalls
{
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int socket(int domain, int type, int protocol);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int bind(DescriptorHandle socket, void* address, uint length);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int setsockopt(DescriptorHandle socket, int level, int option, int* value, uint length);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint sendto(DescriptorHandle socket, byte* buffer, nint length, int flags, sockaddr_nl* to, uint toLength);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint recvfrom(
        DescriptorHandle socket, byte* buffer, nint length, int flags, sockaddr_nl* from, uint* fromLength);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int poll(pollfd* descriptors, nuint count, int timeoutMs);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int eventfd(uint initial, int flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint read(DescriptorHandle descriptor, void* buffer, nint length);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint write(DescriptorHandle descriptor, void* buffer, nint length);
}
