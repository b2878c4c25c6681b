using Rheo.Model.Owners;

namespace Rheo.Model.Connections;

/// <summary>A listening socket and what waits for it.</summary>
public sealed record ListenQueue
{
    /// <summary>20 s: a SYN that was let go is sent again after 1, 3, 7 and 15 s.</summary>
    private const long RememberedNs = 20_000_000_000;

    /// <summary>The socket's cookie.</summary>
    public required ulong Cookie { get; init; }

    /// <summary>Inode of its network namespace.</summary>
    public required uint Namespace { get; init; }

    /// <summary>Where it listens.</summary>
    public required Endpoint Local { get; init; }

    /// <summary>When this was read, nanoseconds since the Unix epoch.</summary>
    public required long TimeNs { get; init; }

    /// <summary>Connections that wait to be accepted.</summary>
    public required uint Length { get; init; }

    /// <summary>What listen() allows; the kernel lets one more in.</summary>
    public required uint Limit { get; init; }

    /// <summary>Handshakes that wait for their last packet.</summary>
    public required uint HalfOpen { get; init; }

    /// <summary>Attempts that the kernel let go since it listens: a queue was full, or there was no memory.</summary>
    public required uint Drops { get; init; }

    /// <summary>SYN-ACKs sent again since it is watched.</summary>
    public required uint SynAckRetransmits { get; init; }

    /// <summary>When <see cref="Drops"/> were seen to grow last; 0: never.</summary>
    public long DroppedNs { get; init; }

    /// <summary>Who listens; empty where that is not known.</summary>
    public IReadOnlyList<SocketProcess> Processes { get; init; } = [];

    /// <summary>The walk that has read this.</summary>
    internal long Walk { get; init; }

    /// <summary>Nothing more is let in.</summary>
    public bool IsFull => Length > Limit;

    /// <summary>It is full, or let somebody go a short while ago.</summary>
    internal bool IsPressed => IsFull || (DroppedNs > 0 && TimeNs - DroppedNs < RememberedNs);
}
