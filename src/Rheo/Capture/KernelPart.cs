namespace Rheo.Capture;

/// <summary>An optional kernel object and its two halves.</summary>
/// <param name="Name">One of <see cref="OptionalParts"/>.</param>
/// <param name="Open">Loads and attaches. Throws <see cref="MissingSupportException"/> where the kernel or our rights do not suffice.</param>
/// <param name="Read">Begins to read; the same exception.</param>
/// <param name="Maps">The maps that its reader cannot do without.</param>
/// <param name="Lacking">What there will not be without it, for the one warning: <c>no drops are shown</c>.</param>
internal sealed record KernelPart(string Name, Func<IPartHooks> Open, Func<HandedObject, IPartReader> Read, IReadOnlyList<string> Maps, string Lacking)
{
    /// <summary>What is to be done about its maps each second, by who has the rights; also where the version before has loaded it.</summary>
    internal Func<HandedObject, Action>? Upkeep { get; init; }

    /// <summary>All that there are.</summary>
    internal static IReadOnlyList<KernelPart> All { get; } =
    [
        new(OptionalParts.Drop, DropHooks.Open, handed => new DropCapture(handed), DropHooks.Maps, "dropped packets are not shown") { Upkeep = handed => new DropFold(handed).Tend },
        new(OptionalParts.Socket, () => SocketHooks.Open(), handed => new SocketCapture(handed), SocketCapture.Maps, "nobody knows which process has which connection"),
        new(OptionalParts.Tcp, TcpHooks.Open, handed => new TcpCapture(handed), TcpCapture.Maps, "TCP connections are not shown"),
    ];

    /// <summary>Those of these names, in the order in which they are loaded.</summary>
    internal static IEnumerable<KernelPart> Of(IEnumerable<string> names) => All.Where(part => names.Contains(part.Name));

    /// <summary>Which object this version brings; it changes when a byte of it does.</summary>
    internal string Fingerprint => ObjectFingerprint.Of(Name);

    /// <summary>Whether what the version before has left is what this one would load, and gives its reader all that it needs.</summary>
    internal bool CanGoOnWith(PartInheritance before) => before.Fingerprint == Fingerprint && Maps.All(before.Handed.ContainsKey);

    internal string Warning(Exception refused) => $"without the {Name} object, {Lacking}: {refused.Message}";
}
