using System.Runtime.InteropServices;

namespace Rheo.Bpf.Interop;

/// <summary>epoll and eventfd, as little as a ring reader needs. Failures are negative errnos.</summary>
internal static unsafe partial class Epoll
{
    private const int CloseOnExec = 0x80000; // EPOLL_CLOEXEC, EFD_CLOEXEC
    private const int NonBlocking = 0x800; // EFD_NONBLOCK
    private const int ControlAdd = 1;
    private const uint Readable = 1;
    private const uint EdgeTriggered = 1u << 31;
    private const string Library = "libc";

    public static int Create() => Checked(epoll_create1(CloseOnExec));

    public static int CreateEvent() => Checked(eventfd(0, CloseOnExec | NonBlocking));

    public static int Add(int epoll, int descriptor, ulong token)
    {
        Span<byte> change = stackalloc byte[EpollEvent.MaxSize];
        EpollEvent.Write(change, Readable | EdgeTriggered, token);
        // SAFETY: the kernel reads one epoll_event from the pinned stack buffer.
        fixed (byte* pointer = change)
        {
            return Checked(epoll_ctl(epoll, ControlAdd, descriptor, pointer));
        }
    }

    public static (int Count, ulong Token) Wait(int epoll, int milliseconds)
    {
        Span<byte> ready = stackalloc byte[EpollEvent.MaxSize];
        // SAFETY: room for one event, which is as many as are asked for.
        fixed (byte* pointer = ready)
        {
            var count = Checked(epoll_wait(epoll, pointer, 1, milliseconds));
            return (count, count > 0 ? EpollEvent.Token(ready) : 0);
        }
    }

    public static void Signal(int descriptor)
    {
        ulong one = 1;
        _ = write(descriptor, &one, sizeof(ulong)); // full (EAGAIN) means that it is signalled already
    }

    public static void Drain(int descriptor)
    {
        ulong count;
        _ = read(descriptor, &count, sizeof(ulong)); // empty (EAGAIN) is as good
    }

    private static int Checked(int result) => result >= 0 ? result : -Marshal.GetLastPInvokeError();

    [LibraryImport(Library, SetLastError = true)]
    private static partial int epoll_create1(int flags);

    [LibraryImport(Library, SetLastError = true)]
    private static partial int epoll_ctl(int epoll, int operation, int descriptor, byte* change);

    [LibraryImport(Library, SetLastError = true)]
    private static partial int epoll_wait(int epoll, byte* events, int room, int milliseconds);

    [LibraryImport(Library, SetLastError = true)]
    private static partial int eventfd(uint initial, int flags);

    [LibraryImport(Library, SetLastError = true)]
    private static partial nint write(int descriptor, void* buffer, nuint length);

    [LibraryImport(Library, SetLastError = true)]
    private static partial nint read(int descriptor, void* buffer, nuint length);
}
