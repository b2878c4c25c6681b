namespace Rheo.Capture;

/// <summary>An optional kernel object and its two halves.</summary>
/// <param name="Name">One of <see cref="OptionalParts"/>.</param>
/// <param name="Open">Loads and attaches. Throws <see cref="MissingSupportException"/> where the kernel or our rights do not suffice.</param>
/// <param name="Read">Begins to read; the same exception.</param>
/// <param name="Lacking">What there will not be without it, for the one warning: <c>no drops are shown</c>.</param>
internal sealed record KernelPart(string Name, Func<IPartHooks> Open, Func<HandedObject, IPartReader> Read, string Lacking)
{
    /// <summary>All that there are.</summary>
    internal static IReadOnlyList<KernelPart> All { get; } =
    [
        new(OptionalParts.Drop, DropHooks.Open, handed => new DropCapture(handed), "dropped packets are not shown"),
        new(OptionalParts.Socket, SocketHooks.Open, handed => new SocketCapture(handed), "nobody knows which process has which connection"),
        new(OptionalParts.Tcp, () => TcpHooks.Open(), handed => new TcpCapture(handed), "TCP connections are not shown"),
    ];

    /// <summary>Those of these names, in the order in which they are loaded.</summary>
    internal static IEnumerable<KernelPart> Of(IEnumerable<string> names) => All.Where(part => names.Contains(part.Name));

    /// <summary>Which object this version brings; it changes when a byte of it does.</summary>
    internal string Fingerprint => ObjectFingerprint.Of(Name);

    internal string Warning(Exception refused) => $"without the {Name} object, {Lacking}: {refused.Message}";
}
