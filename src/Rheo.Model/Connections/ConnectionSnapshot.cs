namespace Rheo.Model.Connections;

/// <summary>All connections and listeners at a moment. Immutable: for any thread.</summary>
/// <param name="TimeNs">The moment, nanoseconds since the Unix epoch.</param>
/// <param name="Connections">Those that live, and those that ended a short while ago.</param>
/// <param name="Queues">Listeners.</param>
/// <param name="Times">How long things take.</param>
/// <param name="Totals">What the kernel has counted.</param>
/// <param name="Untold">Connections that found no room in the table.</param>
public sealed record ConnectionSnapshot(
    long TimeNs,
    IReadOnlyList<Connection> Connections,
    IReadOnlyList<ListenQueue> Queues,
    ConnectionTimes Times,
    ConnectionTotals Totals,
    ulong Untold);
