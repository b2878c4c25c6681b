namespace Rheo.Packets;

/// <summary>EtherTypes (IANA) that the table speaks of.</summary>
public static class EtherType
{
    public const ushort Ip4 = 0x0800;
    public const ushort Arp = 0x0806;
    public const ushort WakeOnLan = 0x0842;
    public const ushort Rarp = 0x8035;
    public const ushort CTag = 0x8100;
    public const ushort Ipx = 0x8137;
    public const ushort Ip6 = 0x86dd;
    public const ushort FlowControl = 0x8808;
    public const ushort SlowProtocols = 0x8809;
    public const ushort TransparentBridging = 0x6558;
    public const ushort Mpls = 0x8847;
    public const ushort MplsUpstream = 0x8848;
    public const ushort PppoeDiscovery = 0x8863;
    public const ushort PppoeSession = 0x8864;
    public const ushort Eapol = 0x888e;
    public const ushort Profinet = 0x8892;
    public const ushort AtaOverEthernet = 0x88a2;
    public const ushort STag = 0x88a8;
    public const ushort Experimental = 0x88b5;
    public const ushort Erspan = 0x88be;
    public const ushort Lldp = 0x88cc;
    public const ushort MacSec = 0x88e5;
    public const ushort Ptp = 0x88f7;
    public const ushort Fcoe = 0x8906;
    public const ushort Loop = 0x9000;
    public const ushort OldQinQ = 0x9100;
}
