using System.Runtime.InteropServices;

namespace Rheo.Bpf.Interop;

/// <summary>A file system that is mounted at no place: fsopen, fsconfig, fsmount (Linux 5.2). The same numbers on every architecture.</summary>
internal static unsafe partial class MountCalls
{
    private const nint NumberOfOpen = 430;
    private const nint NumberOfConfig = 431;
    private const nint NumberOfMount = 432;
    private const nint FSOPEN_CLOEXEC = 1;
    private const nint FSCONFIG_CMD_CREATE = 6;
    private const nint FSMOUNT_CLOEXEC = 1;

    /// <summary>fsopen. The descriptor, or the negative errno.</summary>
    internal static int Begin(string fileSystem)
    {
        // SAFETY: the name is pinned for the call and ends with a zero.
        fixed (byte* name = Utf8Name.Terminated(fileSystem))
            return Result(syscall(NumberOfOpen, (nint)name, FSOPEN_CLOEXEC, 0, 0, 0));
    }

    /// <summary>fsconfig: the file system is made with what it is by itself. 0, or the negative errno.</summary>
    internal static int Create(DescriptorHandle context) => Result(syscall(NumberOfConfig, context.Descriptor, FSCONFIG_CMD_CREATE, 0, 0, 0));

    /// <summary>fsmount. The descriptor of its root folder, or the negative errno.</summary>
    internal static int Mount(DescriptorHandle context) => Result(syscall(NumberOfMount, context.Descriptor, FSMOUNT_CLOEXEC, 0, 0, 0));

    private static int Result(nint result) => result >= 0 ? (int)result : -Marshal.GetLastPInvokeError();

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint a, nint b, nint c, nint d, nint e);
}
