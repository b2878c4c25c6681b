namespace Rheo.Model;

/// <summary>The kind of tunnel that a packet was in.</summary>
public enum TunnelKind : byte
{
    /// <summary>No tunnel.</summary>
    None = 0,

    /// <summary>IP in IP: 4in4, 6in4, 4in6 or 6in6; it has no id.</summary>
    IpIp = 1,

    /// <summary>GRE, also with Ethernet inside; the id is the key, 0 without one.</summary>
    Gre = 2,

    /// <summary>VXLAN; the id is the VNI.</summary>
    Vxlan = 3,

    /// <summary>Geneve; the id is the VNI.</summary>
    Geneve = 4,
}
