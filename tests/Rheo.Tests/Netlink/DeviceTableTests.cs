using Rheo.Bpf.Interop;
using Rheo.Bpf.Netlink;
using Xunit;

namespace Rheo.Tests.Netlink;

public sealed class DeviceTableTests
{
    private readonly DeviceTable _table = new();
    private readonly List<DeviceChange> _changes = [];

    [Fact]
    public void ADeviceThatATornListTellsTwiceIsOne()
    {
        _table.Replace([Device(1, "lo"), Device(7, "eth7"), Device(7, "eth7")], _changes);

        Assert.Equal(["lo", "eth7"], _changes.Select(change => change.Device!.Name));
        Assert.Equal(2, _table.Devices.Count);
    }

    [Fact]
    public void WhatAListLacksIsGoneAndWhatItHasAnewAppears()
    {
        _table.Replace([Device(1, "lo"), Device(7, "eth7")], []);

        _table.Replace([Device(1, "lo"), Device(8, "eth8")], _changes);

        Assert.Equal([(DeviceChangeKind.Gone, "eth7"), (DeviceChangeKind.Appeared, "eth8")], _changes.Select(change => (change.Kind, change.Device!.Name)));
    }

    [Fact]
    public void AnIndexThatIsGivenToAnotherKindOfDeviceIsAnotherDevice()
    {
        _table.Replace([Device(7, "eth7")], []);

        _table.Replace([Device(7, "eth7") with { Kind = "veth" }], _changes);

        Assert.Equal([DeviceChangeKind.Gone, DeviceChangeKind.Appeared], _changes.Select(change => change.Kind));
    }

    // What wext-core sends at the end of each scan: index, flags and name, and then its own event.
    [Fact]
    public void ANewsOfTheRadioChangesNothing()
    {
        var known = Device(3, "wlan0") with { Mtu = 1500, Address = new HardwareAddress([2, 0, 0, 0, 0, 1]) };
        _table.Replace([known], []);
        var writer = new NetlinkWriter(new byte[128], NetlinkNumbers.RTM_NEWLINK, 0);
        writer.Put(new ifinfomsg { ifi_index = 3, ifi_type = 1, ifi_flags = NetlinkNumbers.IFF_UP });
        writer.Attribute(NetlinkNumbers.IFLA_IFNAME, "wlan0");
        writer.Attribute(NetlinkNumbers.IFLA_WIRELESS, new byte[16]);

        _table.Apply(writer.Finish(0), _changes);

        Assert.Empty(_changes);
        Assert.Same(known, _table.Devices[3]);
    }

    private static NetworkDevice Device(int index, string name) => new() { Index = index, Name = name };
}
