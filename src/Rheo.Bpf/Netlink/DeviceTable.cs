using Rheo.Bpf.Interop;

namespace Rheo.Bpf.Netlink;

/// <summary>The devices that are known, and what becomes different when the kernel tells more. Threads: one at a time.</summary>
internal sealed class DeviceTable
{
    private readonly Dictionary<int, NetworkDevice> _known = [];

    /// <summary>By index.</summary>
    internal IReadOnlyDictionary<int, NetworkDevice> Devices => _known;

    /// <summary>Takes a whole list for what is there now.</summary>
    /// <param name="devices">All devices; of one that stands there twice, since others came while it was read, the last counts.</param>
    /// <param name="changes">What is new, different and gone.</param>
    internal void Replace(IEnumerable<NetworkDevice> devices, ICollection<DeviceChange> changes)
    {
        var present = new Dictionary<int, NetworkDevice>();
        foreach (var device in devices)
            present[device.Index] = device;
        foreach (var known in _known.Values.ToArray())
        {
            // An index is given again: another kind of device under it is another device.
            if (!present.TryGetValue(known.Index, out var now) || now.Kind != known.Kind || now.HardwareType != known.HardwareType)
                Remove(known, changes);
        }
        foreach (var device in present.Values)
            Put(device, changes);
    }

    /// <summary>Takes what the kernel announces.</summary>
    /// <param name="datagram">Messages of the group RTMGRP_LINK.</param>
    /// <param name="changes">What is new, different and gone.</param>
    internal void Apply(ReadOnlySpan<byte> datagram, ICollection<DeviceChange> changes)
    {
        var reader = new NetlinkReader(datagram);
        while (reader.TryRead(out var message))
        {
            if (message.Type is not (NetlinkNumbers.RTM_NEWLINK or NetlinkNumbers.RTM_DELLINK) || !DeviceParser.TryParse(message, out var device))
                continue;
            if (message.Type == NetlinkNumbers.RTM_NEWLINK)
                Put(device, changes);
            else if (_known.ContainsKey(device.Index))
                Remove(device, changes);
        }
    }

    private void Put(NetworkDevice device, ICollection<DeviceChange> changes)
    {
        var isKnown = _known.TryGetValue(device.Index, out var before);
        _known[device.Index] = device;
        if (!isKnown)
            changes.Add(new DeviceChange(DeviceChangeKind.Appeared, device));
        else if (!before!.SameAs(device))
            changes.Add(new DeviceChange(DeviceChangeKind.Changed, device));
    }

    private void Remove(NetworkDevice device, ICollection<DeviceChange> changes)
    {
        _known.Remove(device.Index);
        changes.Add(new DeviceChange(DeviceChangeKind.Gone, device));
    }
}
