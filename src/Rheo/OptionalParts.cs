namespace Rheo;

/// <summary>
/// The kernel objects beside the flow object, by the name of their file (<c>bpf/NAME.bpf.c</c>). Each can be left out, and where one
/// cannot be loaded the rest works.
/// </summary>
public static class OptionalParts
{
    /// <summary>Packets that the kernel lets go.</summary>
    public const string Drop = "drop";

    /// <summary>Which process has which socket.</summary>
    public const string Socket = "socket";

    /// <summary>How TCP connections fare.</summary>
    public const string Tcp = "tcp";

    /// <summary>All of them, in the order in which they are loaded.</summary>
    public static IReadOnlyList<string> All { get; } = [Drop, Socket, Tcp];
}
