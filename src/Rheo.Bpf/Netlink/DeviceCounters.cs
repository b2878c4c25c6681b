namespace Rheo.Bpf.Netlink;

/// <summary>What a device has counted since it was made, as <c>ip -s link</c> shows it.</summary>
/// <remarks><b>Source</b>: struct rtnl_link_stats64. Bytes are L2 bytes as the driver counts them.</remarks>
/// <param name="ReceivedPackets">Packets that came in.</param>
/// <param name="SentPackets">Packets that went out.</param>
/// <param name="ReceivedBytes">Bytes that came in.</param>
/// <param name="SentBytes">Bytes that went out.</param>
/// <param name="ReceiveErrors">Bad packets that came in.</param>
/// <param name="SendErrors">Packets that could not be sent.</param>
/// <param name="ReceiveDropped">Packets that came in and found no room.</param>
/// <param name="SendDropped">Packets that were to go out and found no room.</param>
public readonly record struct DeviceCounters(
    ulong ReceivedPackets,
    ulong SentPackets,
    ulong ReceivedBytes,
    ulong SentBytes,
    ulong ReceiveErrors,
    ulong SendErrors,
    ulong ReceiveDropped,
    ulong SendDropped);
