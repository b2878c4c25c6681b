namespace Rheo.Bpf.Netlink;

/// <summary>One change of the set of network devices.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Device">The device after the change (before it, when gone); null for <see cref="DeviceChangeKind.Resync"/>.</param>
public readonly record struct DeviceChange(DeviceChangeKind Kind, NetworkDevice? Device);
