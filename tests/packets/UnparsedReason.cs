namespace Rheo.Packets;

/// <summary>Why a packet has no key. The numbers are those of enum flow_unparsed in bpf/rheo/records/flow.h.</summary>
public enum UnparsedReason : byte
{
    None = 0,

    /// <summary>A header is cut.</summary>
    Short = 1,

    /// <summary>A header contradicts itself: version, length, offset.</summary>
    Header = 2,

    /// <summary>More VLAN tags, extension headers or tunnels than are followed.</summary>
    TooDeep = 3,
}
