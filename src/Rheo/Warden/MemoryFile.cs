using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Rheo.Warden.Interop;

namespace Rheo.Warden;

/// <summary>Files without a name, in memory: what one process writes and another reads.</summary>
internal static unsafe class MemoryFile
{
    private const uint CloseOnExec = 1; // MFD_CLOEXEC

    /// <exception cref="IOException">The kernel refused.</exception>
    internal static SafeFileHandle Create()
    {
        fixed (byte* name = "rheo\0"u8)
        {
            var descriptor = ProcessCalls.memfd_create(name, CloseOnExec);
            return descriptor >= 0
                ? new SafeFileHandle(descriptor, ownsHandle: true)
                : throw new IOException($"cannot make a file in memory: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }
}
