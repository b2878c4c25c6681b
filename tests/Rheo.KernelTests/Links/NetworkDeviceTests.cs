using Rheo.Bpf.Netlink;
using Xunit;

namespace Rheo.KernelTests.Links;

public sealed class NetworkDeviceTests
{
    [RootFact]
    public void DevicesAreDescribedAsTheyAre()
    {
        var (left, right) = TestNamespace.CreatePair();
        using (left)
        using (right)
        {
            left.Ip("link set left address 02:00:00:00:00:07 mtu 1400");
            left.Ip("link add vx type vxlan id 42 dstport 4790 dev left");
            left.Ip("tuntap add dev tun7 mode tun");
            left.Ip("link add br0 type bridge");
            var devices = left.Run(NetworkDevices.List).ToDictionary(device => device.Name);
            var veth = devices["left"];
            Assert.Equal(("veth", "02:00:00:00:00:07", 1400u, true), (veth.Kind, veth.Address.ToString(), veth.Mtu, veth.IsUp));
            Assert.NotNull(veth.LowerNamespace);
            Assert.Equal(right.Ifindex("right"), veth.Lower);
            Assert.Equal(new TunnelPort(42, 4790), devices["vx"].Tunnel);
            Assert.Equal(("tun", false), (devices["tun7"].Kind, devices["tun7"].HasLinkHeader));
            Assert.Equal(("bridge", true), (devices["br0"].Kind, devices["br0"].HasLinkHeader));
            Assert.Equal((1, true, true), (devices["lo"].Index, devices["lo"].IsLoopback, devices["lo"].HasLinkHeader));
        }
    }

    [RootFact]
    public void OneDeviceIsFoundByIndexAndByName()
    {
        using var space = TestNamespace.Create();
        Assert.Equal("lo", space.Run(() => NetworkDevices.Find(1))!.Name);
        Assert.Equal(1, space.Run(() => NetworkDevices.Find("lo"))!.Index);
        Assert.Null(space.Run(() => NetworkDevices.Find(4711)));
        Assert.Null(space.Run(() => NetworkDevices.Find("none")));
    }

    [RootFact]
    public void CountersGrowByWhatWasSent()
    {
        using var space = TestNamespace.Create();
        using var reader = space.Run(DeviceCounterReader.Open);
        var before = new Dictionary<int, DeviceCounters>();
        var after = new Dictionary<int, DeviceCounters>();
        reader.Read(before);
        space.Ping("127.0.0.1", 5);
        reader.Read(after);
        Assert.Equal(10u, after[1].SentPackets - before[1].SentPackets);
        Assert.Equal(after[1].SentBytes, after[1].ReceivedBytes);
        Assert.Equal(space.Run(() => NetworkDevices.Find(1))!.Counters, after[1]);
    }

    [RootFact]
    public void StrangeNamesStayWhatTheyAre()
    {
        using var space = TestNamespace.Create();
        space.Ip("link add \u001b[31m type veth peer name é\"'$(x)");
        var names = space.Run(NetworkDevices.List).Select(device => device.Name);
        Assert.Contains("\u001b[31m", names);
        Assert.Contains("é\"'$(x)", names);
    }
}
