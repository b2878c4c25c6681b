namespace Rheo.Model.Connections;

/// <summary>What a table of connections answered. Immutable: for any thread.</summary>
/// <param name="TimeNs">The moment, nanoseconds since the Unix epoch.</param>
/// <param name="Live">Connections that live, before anything was chosen.</param>
/// <param name="Listening">Listeners that there are.</param>
/// <param name="Matched">How many were chosen, before the limit.</param>
/// <param name="Totals">What the kernel has counted.</param>
/// <param name="Untold">Readings of connections that found no room in the table.</param>
/// <param name="Connections">The connections chosen, sorted, at most as many as asked for; with their owners.</param>
/// <param name="Queues">The listeners, where those were asked for.</param>
public sealed record ConnectionList(
    long TimeNs,
    int Live,
    int Listening,
    int Matched,
    ConnectionTotals Totals,
    ulong Untold,
    IReadOnlyList<Connection> Connections,
    IReadOnlyList<ListenQueue> Queues);
