namespace Rheo.Bpf;

/// <summary>
/// Turns what libbpf said while loading into an exception. libbpf itself loads each program without a log first, and only after a
/// failure again at log level 1 into a buffer of 16 MiB that grows; the log comes to us in one message between two marks.
/// Source: bpf_object_load_prog in libbpf's libbpf.c.
/// </summary>
internal static class LoadFailure
{
    private const string LogBegins = "-- BEGIN PROG LOAD LOG --\n";
    private const string LogEnds = "-- END PROG LOAD LOG --";
    private const string ProgramBegins = "prog '";

    public static BpfException Explain(string objectName, int errno, IReadOnlyList<string> messages)
    {
        foreach (var message in messages)
        {
            if (Log(message) is { Length: > 0 } log)
                return new VerifierException(Quoted(message) ?? objectName, errno, log, messages);
        }

        return new BpfException("load object", objectName, errno, Telling(messages));
    }

    private static string? Log(string message)
    {
        var start = message.IndexOf(LogBegins, StringComparison.Ordinal);
        if (start < 0)
            return null;
        start += LogBegins.Length;
        var end = message.LastIndexOf(LogEnds, StringComparison.Ordinal);
        return message[start..(end < start ? message.Length : end)].TrimEnd('\n', '\0');
    }

    private static string? Quoted(string message)
    {
        var start = message.IndexOf(ProgramBegins, StringComparison.Ordinal);
        if (start < 0)
            return null;
        start += ProgramBegins.Length;
        var end = message.IndexOf('\'', start);
        return end < 0 ? null : message[start..end];
    }

    // "failed to load object" says nothing that the operation does not say; what stands before it is the cause.
    private static List<string> Telling(IReadOnlyList<string> messages) =>
        [.. messages.Where(m => !m.Contains("failed to load object", StringComparison.Ordinal))];
}
