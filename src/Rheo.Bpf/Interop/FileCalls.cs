using System.Runtime.InteropServices;

namespace Rheo.Bpf.Interop;

/// <summary>File calls that .NET does not offer: a folder as a descriptor, and reads that tell the errno.</summary>
internal static unsafe partial class FileCalls
{
    private const int O_DIRECTORY = 0x10000;
    private const int O_DIRECTORY_ARM = 0x4000;
    private const int O_CLOEXEC = 0x80000;

    /// <summary>Opens a folder to name it in a system call. The descriptor, or the negative errno.</summary>
    internal static int OpenFolder(string path)
    {
        var folder = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? O_DIRECTORY_ARM : O_DIRECTORY;
        fixed (byte* name = Utf8Name.Terminated(path))
        {
            var result = open(name, folder | O_CLOEXEC);
            return result >= 0 ? result : -Marshal.GetLastPInvokeError();
        }
    }

    /// <summary>Reads into a span. The number of bytes, or the negative errno.</summary>
    internal static int Read(DescriptorHandle descriptor, Span<byte> buffer)
    {
        // SAFETY: the span is pinned for the call and its own length bounds it.
        fixed (byte* pointer = buffer)
        {
            var result = NetlinkCalls.read(descriptor, pointer, buffer.Length);
            return result >= 0 ? (int)result : -Marshal.GetLastPInvokeError();
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int open(byte* path, int flags);
}
