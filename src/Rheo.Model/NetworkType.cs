namespace Rheo.Model;

/// <summary>What carries a conversation (OpenTelemetry's <c>network.type</c>, and ARP).</summary>
public enum NetworkType : byte
{
    /// <summary>IPv4.</summary>
    IPv4 = 0,

    /// <summary>IPv6.</summary>
    IPv6 = 1,

    /// <summary>ARP: the addresses are the sender's and the target's protocol addresses.</summary>
    Arp = 2,
}
