namespace Rheo.Packets;

/// <summary>The innermost tunnel. The numbers are those of enum flow_tunnel in bpf/rheo/records/flow.h.</summary>
public enum TunnelKind : byte
{
    None = 0,
    IpIp = 1,
    Gre = 2,
    Vxlan = 3,
    Geneve = 4,
}
