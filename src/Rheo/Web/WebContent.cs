namespace Rheo.Web;

/// <summary>What the server shows; given from outside, asked on request threads, never blocks the capture.</summary>
public sealed record WebContent
{
    /// <summary>Writes the metrics page; true asks for OpenMetrics instead of the classic text.</summary>
    public required Func<Stream, bool, CancellationToken, Task> Metrics { get; init; }

    /// <summary>The conversations that a query selects, as one JSON object; null when too many ask at once, or too early.</summary>
    public required Func<FlowQuery, CancellationToken, Task<Answer?>> Flows { get; init; }

    /// <summary>The connections that a query selects, as one JSON object; null when too many ask at once, or too early.</summary>
    public Func<ConnectionQuery, CancellationToken, Task<Answer?>> Connections { get; init; } = (_, _) => Task.FromResult<Answer?>(null);

    /// <summary>The drops that a query selects, as one JSON object; null before there is anything.</summary>
    public Func<DropQuery, CancellationToken, Task<Answer?>> Drops { get; init; } = (_, _) => Task.FromResult<Answer?>(null);

    /// <summary>The sums, the ledger and the interfaces, as one JSON object; null before there are any.</summary>
    public required Func<Answer?> Status { get; init; }

    /// <summary>Null when traffic is being read, else why not.</summary>
    public required Func<string?> Unhealthy { get; init; }

    /// <summary>Null when there is something to show, else what is awaited.</summary>
    public required Func<string?> NotReady { get; init; }
}
