namespace Rheo.Bpf;

/// <summary>The verifier (or the kernel's check of the object's type information) refused a program, and said why.</summary>
/// <remarks>Shape: <see cref="Exception.Message"/> is one line with the last telling lines of the log and how many were left out;
/// <see cref="FullLog"/> has all of them.</remarks>
public sealed class VerifierException : BpfException
{
    internal VerifierException(string program, int errno, string log, IReadOnlyList<string> libraryMessages)
        : base(Compose(program, errno, log), "load program", program, errno, libraryMessages)
    {
        FullLog = log;
    }

    /// <summary>The kernel's whole log, many lines, as it was given for the second attempt.</summary>
    public string FullLog { get; }

    private static string Compose(string program, int errno, string log)
    {
        var (telling, omitted) = VerifierLog.Summary(log);
        var rest = omitted == 0 ? "" : $" ({omitted} lines omitted)";
        return $"load program {program}: {Describe(errno)}: {telling}{rest}";
    }

    private static string Describe(int errno) => $"{Interop.Errno.Describe(errno)} ({Interop.Errno.Name(errno)})";
}
