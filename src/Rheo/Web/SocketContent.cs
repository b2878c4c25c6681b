namespace Rheo.Web;

/// <summary>What the Unix socket offers beside the HTTP API; given from outside, asked on request threads.</summary>
public sealed record SocketContent
{
    /// <summary>
    /// Begins a stream; the argument is how often news is wanted. Null when there are too many streams, or nothing to stream.
    /// </summary>
    public required Func<TimeSpan, CancellationToken, Task<SocketStream?>> Stream { get; init; }

    /// <summary>Begins a stream of connections that open and end. Null when there are too many, or nothing to stream.</summary>
    public Func<ConnectionQuery, CancellationToken, Task<SocketStream?>> Follow { get; init; } = (_, _) => Task.FromResult<SocketStream?>(null);

    /// <summary>Has all told that was counted until now; returns the scan's number, 0 when there is no capture.</summary>
    public required Func<CancellationToken, Task<ulong>> Scan { get; init; }
}
