namespace Rheo.Bpf;

/// <summary>What the next program of a process needs to go on with an attachment of this one: see <see cref="TcLink.TakeOver"/>.</summary>
/// <param name="Ifindex">The index of the interface.</param>
/// <param name="Direction">Which way the packets go.</param>
/// <param name="Descriptor">The tcx link's descriptor, which has to live on; -1 for a filter.</param>
/// <param name="Filter">The filter's name; null for a link.</param>
public sealed record TcLinkState(int Ifindex, TcDirection Direction, int Descriptor, string? Filter);
