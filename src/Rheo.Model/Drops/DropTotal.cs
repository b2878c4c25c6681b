using Rheo.Model.Owners;

namespace Rheo.Model.Drops;

/// <summary>What was dropped for one reason at one place, or of one flow there.</summary>
/// <param name="Reason">The kernel's own name of the reason, without its prefix: <c>NETFILTER_DROP</c>.</param>
/// <param name="Place">The kernel function that let the packets go; an address where symbols are hidden.</param>
/// <param name="Interface">The device that they came by or were to leave by; 0: none is known.</param>
/// <param name="Namespace">Inode of the network namespace; 0: unknown.</param>
/// <param name="EtherType">What the packets were, host order: 0x0800 is IPv4.</param>
/// <param name="Flow">Whose packets; null where all flows are added up.</param>
/// <param name="Packets">How many, as the wire carries them.</param>
/// <param name="Bytes">Their bytes, from where the data began at that place.</param>
/// <param name="LastSeenNs">When the last one was dropped, Unix ns.</param>
public sealed record DropTotal(
    string Reason, string Place, int Interface, uint Namespace, ushort EtherType, DroppedFlow? Flow, ulong Packets, ulong Bytes,
    long LastSeenNs)
{
    /// <summary>The device's name when packets were first dropped there; empty where it is not known.</summary>
    public string Device { get; init; } = "";

    /// <summary>Whose socket it was; null where there is none, or nobody knows.</summary>
    public SocketProcess? Owner { get; init; }

    /// <summary>What the reason means, and whether anything was lost.</summary>
    public DropReason Meaning => DropReasons.Of(Reason, Place);

    /// <summary>The flow as a filter asks about it; null where there is none.</summary>
    public Conversation? Conversation => Flow is { } flow
        ? new Conversation
        {
            Source = flow.Source, Destination = flow.Destination, Protocol = flow.Protocol,
            Network = flow.Destination.Address.IsIPv4 ? NetworkType.IPv4 : NetworkType.IPv6,
            Sent = new Traffic(Packets, Bytes), LastSeenNs = LastSeenNs, SentPath = Path,
            SourceProcesses = Owners, DestinationProcesses = Owners, // which of the two is not known
        }
        : null;

    /// <summary>Whether a filter chooses it.</summary>
    public bool Passes(FlowFilter filter) =>
        Conversation is { } flow && filter.In(new FilterContext { InterfaceName = _ => Device }).Matches(in flow);

    private SocketProcess[] Owners => Owner is { } owner ? [owner] : [];

    private InterfacePath Path
    {
        get
        {
            var path = default(InterfacePath);
            if (Interface != 0)
                path.Append(new ObservationPoint(Interface, Egress: false));
            return path;
        }
    }
}
