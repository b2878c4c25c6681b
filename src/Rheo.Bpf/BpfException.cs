using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>The kernel or libbpf refused something that was asked of them.</summary>
/// <remarks>Programming mistakes are <see cref="ArgumentException"/> and <see cref="InvalidOperationException"/> instead, and expected
/// absence (no such key, ring empty) is a <c>false</c> or a count.</remarks>
public class BpfException : Exception
{
    /// <summary>Makes the exception for a refused operation; the advice follows from the error number and this process's rights.</summary>
    /// <param name="operation">What was tried, as a verb and a noun: "load program".</param>
    /// <param name="target">On what: the name of the program, map, object or interface.</param>
    /// <param name="errno">The positive error number.</param>
    public BpfException(string operation, string target, int errno)
        : this(operation, target, errno, ErrorAdvice.For(errno), [])
    {
    }

    /// <summary>Makes the exception for a refused operation with its own advice.</summary>
    /// <param name="operation">What was tried, as a verb and a noun: "attach program".</param>
    /// <param name="target">On what: the name of the program, map, object or interface.</param>
    /// <param name="errno">The positive error number.</param>
    /// <param name="advice">One sentence on the way out ("needs Linux 6.6 (tcx)"), or null where nothing is known.</param>
    public BpfException(string operation, string target, int errno, string? advice)
        : this(operation, target, errno, advice, [])
    {
    }

    internal BpfException(string operation, string target, int errno, IReadOnlyList<string> libraryMessages)
        : this(operation, target, errno, ErrorAdvice.For(errno), libraryMessages)
    {
    }

    internal BpfException(string operation, string target, int errno, string? advice, IReadOnlyList<string> libraryMessages)
        : base(Compose(operation, target, errno, advice, libraryMessages))
    {
        (Operation, Target, Errno, Advice, LibraryMessages) = (operation, target, errno, advice, libraryMessages);
    }

    private protected BpfException(string message, string operation, string target, int errno, IReadOnlyList<string> libraryMessages)
        : base(message)
    {
        (Operation, Target, Errno, LibraryMessages) = (operation, target, errno, libraryMessages);
    }

    /// <summary>What was tried, as a verb and a noun.</summary>
    public string Operation { get; }

    /// <summary>On what it was tried: a program, map, object or interface.</summary>
    public string Target { get; }

    /// <summary>The kernel's error number, positive.</summary>
    public int Errno { get; }

    /// <summary>The name of the error number (<c>EPERM</c>).</summary>
    public string ErrnoName => Interop.Errno.Name(Errno);

    /// <summary>One sentence on the way out, where one is known.</summary>
    public string? Advice { get; }

    /// <summary>What libbpf would have printed, line by line; empty where libbpf had no part in it.</summary>
    public IReadOnlyList<string> LibraryMessages { get; }

    private static string Compose(string operation, string target, int errno, string? advice, IReadOnlyList<string> messages)
    {
        var text = $"{operation} {target}: {Interop.Errno.Describe(errno)} ({Interop.Errno.Name(errno)})";
        // libbpf guesses at a refusal (memory limits, kernel options); where we have looked at the rights ourselves, we know better.
        if (messages.Count > 0 && (errno != Interop.Errno.EPERM || advice is null))
            text += $"; {OneLine(messages[^1])}";
        return advice is null ? text : $"{text}; {advice}";
    }

    private static string OneLine(string message)
    {
        var end = message.IndexOf('\n', StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}
