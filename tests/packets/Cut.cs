namespace Rheo.Packets;

/// <summary>A named packet of which only the first bytes are left.</summary>
public readonly record struct Cut(NamedPacket Packet, int Length)
{
    public ReadOnlySpan<byte> Frame => Packet.Frame.AsSpan(0, Length);

    /// <summary>The flow must be unparsed: the bytes that would tell it are not there.</summary>
    public bool MustBeUnparsed => Packet.Expected.Kind == PacketKind.Unparsed || Length < Packet.KeyLength;

    /// <summary>The flow must be the whole packet's.</summary>
    public bool MustBeWhole => Packet.Expected.Kind != PacketKind.Unparsed && Length >= Packet.HeadersLength;

    public override string ToString() => $"{Packet.Name}, cut to {Length} bytes";
}
