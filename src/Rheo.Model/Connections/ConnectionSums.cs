namespace Rheo.Model.Connections;

/// <summary>The sums of all connections at a moment, and the listeners. Immutable: for any thread.</summary>
/// <param name="Totals">What the kernel has counted.</param>
/// <param name="Times">How long things take.</param>
/// <param name="Queues">Listeners.</param>
/// <param name="Live">Connections that live.</param>
/// <param name="Untold">Readings of connections that found no room in the table.</param>
/// <param name="DuplicateAcks">Duplicate acknowledgements that were seen, also of connections that only pass through; null: nobody looks at packets.</param>
public sealed record ConnectionSums(ConnectionTotals Totals, ConnectionTimes Times, IReadOnlyList<ListenQueue> Queues, int Live, ulong Untold, ulong? DuplicateAcks = null);
