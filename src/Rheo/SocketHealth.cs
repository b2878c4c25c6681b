using Rheo.Model.Owners;

namespace Rheo;

/// <summary>How well it is known whose the sockets are. Immutable.</summary>
public sealed record SocketHealth
{
    /// <summary>What the table holds.</summary>
    public SocketCounts Counts { get; init; }

    /// <summary>Moments that the kernel told. Only grows.</summary>
    public ulong Records { get; init; }

    /// <summary>Moments for which its ring had no room. Only grows.</summary>
    public ulong LostRecords { get; init; }

    /// <summary>Walks over all descriptors. Only grows.</summary>
    public long Walks { get; init; }

    /// <summary>Time that they took, in seconds. Only grows.</summary>
    public double WalkSeconds { get; init; }

    /// <summary>How long the last one took, in seconds.</summary>
    public double LastWalkSeconds { get; init; }
}
