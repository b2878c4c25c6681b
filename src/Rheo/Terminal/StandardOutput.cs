using Microsoft.Win32.SafeHandles;
using Rheo.Interop;

namespace Rheo.Terminal;

/// <summary>The process's standard output as a stream that tells when its reader has gone.</summary>
public static class StandardOutput
{
    /// <summary>
    /// Opens it. Errors: writing throws an <see cref="IOException"/> once the reader is gone (<c>| head</c>);
    /// <see cref="ReaderHasGone"/> knows it from other failures.
    /// </summary>
    public static Stream Open()
    {
        var direct = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        // In a file, FileStream keeps an offset of its own and leaves the shared one behind: what the shell
        // writes next would overwrite ours. The console's stream is right there, but hides a broken pipe.
        return direct.CanSeek ? Console.OpenStandardOutput() : direct;
    }

    /// <summary>
    /// Standard output (1) or standard error (2) for text that people read. A terminal gets what is written and nothing else: the console's own stream
    /// would first send it a mode (keypad_xmit) that nobody takes back. Elsewhere it is that stream, to which a reader that has gone is no failure.
    /// </summary>
    public static Stream ForText(int descriptor)
    {
        if (TerminalCalls.TryGetModes(descriptor, out _))
            return new FileStream(new SafeFileHandle(descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return descriptor == 1 ? Console.OpenStandardOutput() : Console.OpenStandardError();
    }

    /// <summary>Whether the failure only says that nobody reads any more.</summary>
    public static bool ReaderHasGone(IOException failure) => (failure.HResult & 0xffff) == BrokenPipe;

    private const int BrokenPipe = 32;
}
