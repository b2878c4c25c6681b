namespace Rheo.Packets;

/// <summary>What the innermost packet is. The numbers are those of enum flow_kind in bpf/rheo/records/flow.h.</summary>
public enum PacketKind : byte
{
    Ip4 = 1,
    Ip6 = 2,
    Arp = 3,
    NonIp = 4,
    Unparsed = 5,
}
