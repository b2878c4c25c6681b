namespace Rheo.Bpf.Netlink;

/// <summary>How a UDP tunnel device (vxlan, geneve) is told apart on the wire.</summary>
/// <param name="Id">The network identifier (VNI); 0 for a device that takes all ("external").</param>
/// <param name="Port">The UDP destination port, host order.</param>
public readonly record struct TunnelPort(uint Id, ushort Port);
