using Microsoft.Win32.SafeHandles;
using Rheo.Warden.Interop;

namespace Rheo.Warden;

/// <summary>Bare descriptors.</summary>
internal static class Descriptors
{
    internal static void Close(int descriptor) => new SafeFileHandle(descriptor, ownsHandle: true).Dispose();

    internal static void CloseAll(IEnumerable<int> descriptors)
    {
        foreach (var descriptor in descriptors)
            Close(descriptor);
    }

    /// <summary>Whether a descriptor lives on when the process begins another program.</summary>
    internal static void KeepOverExec(int descriptor, bool keep) =>
        ProcessCalls.fcntl(descriptor, ProcessCalls.F_SETFD, keep ? 0 : ProcessCalls.FD_CLOEXEC);
}
