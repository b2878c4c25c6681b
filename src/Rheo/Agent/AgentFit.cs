using Rheo.Capture;
using Rheo.Journal;

namespace Rheo.Agent;

/// <summary>Whether an agent sees what a command is to see.</summary>
internal static class AgentFit
{
    private const string OwnNamespace = "/proc/self/ns/net";

    /// <summary>The network namespace that this process is in; empty where it cannot be told.</summary>
    public static string Namespace => new FileInfo(OwnNamespace).LinkTarget ?? "";

    /// <summary>Accepts an agent.</summary>
    /// <exception cref="AgentException">It cannot serve this command.</exception>
    /// <exception cref="UnknownInterfaceException">An interface asked for by name is not there.</exception>
    public static void Check(string path, JournalHello hello, TrafficSourceOptions options)
    {
        if (hello.Version != JournalHello.CurrentVersion)
            throw new AgentException($"the agent at {path} is of another version than this command", isQuiet: false);
        if (hello.Namespace != Namespace)
            throw new AgentException($"the agent at {path} watches another network namespace", isQuiet: true);
        if (!Covers(hello, options))
            throw new AgentException($"the agent at {path} watches some interfaces only: {Watched(hello)}", isQuiet: false);
        var names = InterfacesHere();
        if (new NamePatterns(options.Interfaces, options.Exclude).FirstMissing(names) is { } missing)
            throw new UnknownInterfaceException(missing, names);
    }

    private static bool Covers(JournalHello hello, TrafficSourceOptions options) =>
        (hello.Interfaces.Count == 0 || Same(hello.Interfaces, options.Interfaces))
        && (hello.Exclude.Count == 0 || Same(hello.Exclude, options.Exclude));

    private static bool Same(IReadOnlyList<string> left, IReadOnlyList<string> right) => left.Order().SequenceEqual(right.Order());

    private static string Watched(JournalHello hello) =>
        string.Join(' ', hello.Interfaces.Select(pattern => $"-i {pattern}").Concat(hello.Exclude.Select(pattern => $"--exclude {pattern}")));

    // Two lines of headings, then "  eth0: 1 2 3".
    private static List<string> InterfacesHere() =>
        [.. File.ReadLines("/proc/self/net/dev").Skip(2).Select(line => line[..line.LastIndexOf(':')].Trim())];
}
