using Rheo.Bpf;

namespace Rheo.Capture;

/// <summary>An attachment that the version before has left.</summary>
/// <param name="Interface">The index of the interface.</param>
/// <param name="Egress">Which way the packets go.</param>
/// <param name="Descriptor">The tcx link's descriptor; -1 for a filter.</param>
/// <param name="Filter">The filter's name; null for a link.</param>
public sealed record InheritedLink(int Interface, bool Egress, int Descriptor, string? Filter)
{
    internal TcDirection Direction => Egress ? TcDirection.Egress : TcDirection.Ingress;

    internal static InheritedLink Of(TcLink link)
    {
        var state = link.State;
        return new InheritedLink(state.Ifindex, state.Direction == TcDirection.Egress, state.Descriptor, state.Filter);
    }

    /// <summary>Goes on with it; it holds the old program still.</summary>
    /// <exception cref="BpfException">It is gone.</exception>
    internal TcLink TakeOver() => TcLink.TakeOver(new TcLinkState(Interface, Direction, Descriptor, Filter));
}
