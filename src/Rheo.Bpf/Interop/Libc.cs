using System.Runtime.InteropServices;

namespace Rheo.Bpf.Interop;

/// <summary>The few functions of the C library that .NET does not offer: memory maps, epoll, eventfd, limits, and raw system calls.</summary>
internal static unsafe partial class Libc
{
    public const int ProtRead = 1;
    public const int ProtWrite = 2;
    public const int MapShared = 1;
    public const int MapFixed = 0x10;
    private const string Library = "libc";
    private const int FcntlDuplicateCloseOnExec = 1030;

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint syscall(nint number, nint a, nint b, nint c);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint mmap(nint address, nuint length, int protection, int flags, int fd, nint offset);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int munmap(nint address, nuint length);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int close(int fd);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int fcntl(int fd, int command, nint argument);

    /// <param name="resource">RLIMIT_….</param>
    /// <param name="limit">struct rlimit64: soft, hard.</param>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int setrlimit(int resource, ReadOnlySpan<ulong> limit);

    [LibraryImport(Library)]
    public static partial int vasprintf(byte** text, byte* format, nint arguments);

    /// <summary>Duplicates a descriptor, closed on exec. Returns the negative errno on failure.</summary>
    public static int Duplicate(int fd)
    {
        var copy = fcntl(fd, FcntlDuplicateCloseOnExec, 0);
        return copy >= 0 ? copy : -Marshal.GetLastPInvokeError();
    }
}
