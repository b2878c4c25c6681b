using System.Runtime.InteropServices;

namespace Rheo.Interop;

/// <summary>
/// What .NET's console does not offer: raw modes, sizes of a given descriptor, a look whether a key waits. Its own functions are left
/// alone here, since they send sequences and set modes that would have to be undone. Failures are false, or zero.
/// </summary>
internal static unsafe partial class TerminalCalls
{
    private const string Library = "libc";
    private const int AtOnce = 0; // TCSANOW
    private const int Interrupted = 4; // EINTR
    private const int Stop = 19; // SIGSTOP
    private const short Readable = 1; // POLLIN
    private const nuint GetWindowSize = 0x5413; // TIOCGWINSZ

    /// <summary>The modes of a terminal; false when the descriptor is none.</summary>
    public static bool TryGetModes(int descriptor, out Termios modes)
    {
        modes = default;
        // SAFETY: tcgetattr writes one struct termios, which this is; it lives on the caller's stack for the call.
        fixed (Termios* pointer = &modes)
        {
            return tcgetattr(descriptor, pointer) == 0;
        }
    }

    /// <summary>Sets them. From the background this stops the process until it is in the foreground again (SIGTTOU).</summary>
    public static bool TrySetModes(int descriptor, Termios modes) => tcsetattr(descriptor, AtOnce, &modes) == 0;

    /// <summary>The same modes, with every byte passed on as it comes, and Ctrl-C still a signal.</summary>
    public static Termios Raw(Termios modes)
    {
        cfmakeraw(&modes);
        modes.LocalModes |= Termios.Signals;
        return modes;
    }

    /// <summary>The size that a terminal reports; zeroes when it knows none.</summary>
    public static WindowSize Size(int descriptor)
    {
        WindowSize size;
        return ioctl(descriptor, GetWindowSize, &size) == 0 ? size : default;
    }

    /// <summary>Whether something is to be read within this time.</summary>
    public static bool IsReadable(int descriptor, int milliseconds)
    {
        var entry = new PollEntry { Descriptor = descriptor, Events = Readable };
        return poll(&entry, 1, milliseconds) > 0;
    }

    /// <summary>Reads what is there, waiting for the first byte. The number of bytes; 0 at the end; negative on failure.</summary>
    public static int Read(int descriptor, Span<byte> buffer)
    {
        // SAFETY: the span is pinned for the call and its own length bounds it.
        fixed (byte* pointer = buffer)
        {
            nint count;
            do
                count = read(descriptor, pointer, (nuint)buffer.Length);
            while (count < 0 && Marshal.GetLastPInvokeError() == Interrupted);
            return (int)count;
        }
    }

    /// <summary>Stops this process until somebody lets it go on.</summary>
    public static void StopProcess() => _ = kill(Environment.ProcessId, Stop);

    [LibraryImport(Library)]
    private static partial int tcgetattr(int descriptor, Termios* modes);

    [LibraryImport(Library)]
    private static partial int tcsetattr(int descriptor, int when, Termios* modes);

    [LibraryImport(Library)]
    private static partial void cfmakeraw(Termios* modes);

    [LibraryImport(Library)]
    private static partial int ioctl(int descriptor, nuint request, WindowSize* size);

    [LibraryImport(Library)]
    private static partial int poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport(Library)]
    private static partial int kill(int process, int signal);

    [LibraryImport(Library, SetLastError = true)]
    private static partial nint read(int descriptor, byte* buffer, nuint length);
}
