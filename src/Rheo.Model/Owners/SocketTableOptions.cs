namespace Rheo.Model.Owners;

/// <summary>The bounds of a <see cref="SocketTable"/>.</summary>
public sealed record SocketTableOptions
{
    /// <summary>Live and ended sockets together: some 250 bytes each, so 33 MB when full.</summary>
    public int MaxSockets { get; init; } = 131_072;

    /// <summary>Processes, those that ended included: some 1 KB each.</summary>
    public int MaxProcesses { get; init; } = 16_384;

    /// <summary>How long an ended socket still says whose a conversation was: longer than two scans of the flow table.</summary>
    public long KeepEndedNs { get; init; } = 60_000_000_000;

    /// <summary>The namespace whose loopback addresses the flows are seen at; 0: unknown, then any namespace's may be meant.</summary>
    public ulong LoopbackNamespace { get; init; }
}
