namespace Rheo.Model.Connections;

/// <summary>Bounds of a <see cref="ConnectionTable"/>.</summary>
public sealed record ConnectionTableOptions
{
    /// <summary>A million, some 600 MB: no machine of today has more sockets that one would look at.</summary>
    public const int MaxConnectionsLimit = 1 << 20;

    /// <summary>Connections that live: 131,072; what is beyond is counted, and not shown.</summary>
    public int MaxConnections { get; init; } = 131_072;

    /// <summary>Connections that ended, and are still shown: 4,096, the last ones.</summary>
    public int MaxEnded { get; init; } = 4096;

    /// <summary>Listeners: 4,096.</summary>
    public int MaxListeners { get; init; } = 4096;

    /// <summary>How long one that ended is shown: 10 s.</summary>
    public long KeepEndedNs { get; init; } = 10_000_000_000;
}
