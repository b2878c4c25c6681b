namespace Rheo.Packets;

/// <summary>Frames whose expectation holds only when they are seen in this order, by one observer that starts anew.</summary>
/// <param name="Name">A sentence, unique among the sequences.</param>
/// <param name="Packets">The frames in order.</param>
public sealed record PacketSequence(string Name, IReadOnlyList<NamedPacket> Packets)
{
    public override string ToString() => Name;
}
