using System.Runtime.InteropServices;

namespace Rheo.Bpf.Interop;

/// <summary>
/// Catches what libbpf would print. Its print function is one for the process, but it calls on the thread that called it, so that
/// each thread collects its own lines; what nobody collects is dropped. Nothing ever reaches stderr.
/// </summary>
internal sealed unsafe class LibbpfLog : IDisposable
{
    private const int DebugLevel = 2;
    private const string Prefix = "libbpf: ";

    [ThreadStatic]
    private static LibbpfLog? _current;

    private readonly List<string> _messages = [];
    private readonly LibbpfLog? _outer = _current;

    static LibbpfLog() => Libbpf.libbpf_set_print(&Print);

    private LibbpfLog()
    {
    }

    /// <summary>Warnings and notes since <see cref="Collect"/>, without their line ends.</summary>
    public IReadOnlyList<string> Messages => _messages;

    /// <summary>Collects this thread's messages until it is disposed of.</summary>
    public static LibbpfLog Collect() => _current = new LibbpfLog();

    public void Dispose() => _current = _outer;

    [UnmanagedCallersOnly]
    private static int Print(int level, byte* format, nint arguments)
    {
        var log = _current;
        if (log is null || level >= DebugLevel)
            return 0;
        log._messages.Add(Format(format, arguments));
        return 0;
    }

    // A va_list is passed as one pointer by both ABIs we run on (x86-64: array type; arm64: a 32-byte composite, by reference).
    private static string Format(byte* format, nint arguments)
    {
        // SAFETY: libbpf keeps format and arguments alive during the call; vasprintf allocates what we free.
        byte* text = null;
        var length = Libc.vasprintf(&text, format, arguments);
        if (length < 0)
            return "(a message of libbpf could not be formatted)";
        var message = System.Text.Encoding.UTF8.GetString(text, length).TrimEnd('\n');
        NativeMemory.Free(text);
        return message.StartsWith(Prefix, StringComparison.Ordinal) ? message[Prefix.Length..] : message;
    }
}
