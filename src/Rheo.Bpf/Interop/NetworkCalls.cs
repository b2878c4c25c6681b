using System.Runtime.InteropServices;

namespace Rheo.Bpf.Interop;

/// <summary>The libc calls that move a thread to another network namespace.</summary>
internal static partial class NetworkCalls
{
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int unshare(int flags);
}
