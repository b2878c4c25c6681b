using Rheo.Bpf.Netlink;
using Rheo.Model;

namespace Rheo.Capture;

/// <summary>The tunnels that end on this host, by its devices: their inside passes the host's interfaces plainly too.</summary>
internal static class TerminatedTunnels
{
    /// <summary>The tunnel that ends in the device; null when it is no such device.</summary>
    internal static TunnelId? Find(NetworkDevice device)
    {
        var kind = device.Kind switch
        {
            "vxlan" => TunnelKind.Vxlan,
            "geneve" => TunnelKind.Geneve,
            "gre" or "gretap" or "ip6gre" or "ip6gretap" => TunnelKind.Gre,
            "ipip" or "sit" or "ip6tnl" => TunnelKind.IpIp,
            _ => TunnelKind.None,
        };
        return kind == TunnelKind.None ? null : new TunnelId(kind, device.Tunnel?.Id ?? 0);
    }
}
