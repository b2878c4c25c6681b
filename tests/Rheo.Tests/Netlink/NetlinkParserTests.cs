using System.Runtime.CompilerServices;
using Rheo.Bpf.Interop;
using Rheo.Bpf.Netlink;
using Xunit;

namespace Rheo.Tests.Netlink;

/// <summary>The netlink readers on bytes that no honest kernel sends.</summary>
public sealed class NetlinkParserTests
{
    [Fact]
    public void KernelStructsHaveTheKernelsSizes()
    {
        Assert.Equal(12, Unsafe.SizeOf<sockaddr_nl>());
        Assert.Equal(8, Unsafe.SizeOf<pollfd>());
        Assert.Equal(16, Unsafe.SizeOf<nlmsghdr>());
        Assert.Equal(4, Unsafe.SizeOf<nlattr>());
        Assert.Equal(16, Unsafe.SizeOf<ifinfomsg>());
        Assert.Equal(12, Unsafe.SizeOf<if_stats_msg>());
        Assert.Equal(20, Unsafe.SizeOf<tcmsg>());
        Assert.Equal(64, Unsafe.SizeOf<rtnl_link_stats64>());
        Assert.Equal(64, Unsafe.SizeOf<LinkCreate>());
        Assert.Equal(64, Unsafe.SizeOf<ProgramQuery>());
        Assert.Equal(16, Unsafe.SizeOf<IteratorInfo>());
        Assert.Equal(72, Unsafe.SizeOf<ProgramLoad>());
    }

    [Fact]
    public void MessageOfALinkIsRead()
    {
        var device = Parse(Link("eth7"u8));
        Assert.NotNull(device);
        Assert.Equal((7, "eth7", "vxlan", true), (device.Index, device.Name, device.Kind, device.IsUp));
        Assert.Equal(new TunnelPort(42, 4789), device.Tunnel);
    }

    [Fact]
    public void NameThatIsNoUtf8IsEscaped() => Assert.Equal("a\\xFFb", Parse(Link([(byte)'a', 0xFF, (byte)'b']))!.Name);

    [Fact]
    public void MessageCutAnywhereIsReadOrRefusedButNeverOverrun()
    {
        var whole = Link("eth7"u8);
        for (var length = 0; length < whole.Length; length++)
            Parse(whole[..length]);
    }

    [Fact]
    public void MutatedMessagesNeverThrow()
    {
        var random = new Random(20240607);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = Link("eth7"u8);
            for (var i = random.Next(1, 8); i > 0; i--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            Parse(bytes);
        }
    }

    private static NetworkDevice? Parse(ReadOnlySpan<byte> datagram)
    {
        NetworkDevice? found = null;
        var reader = new NetlinkReader(datagram);
        while (reader.TryRead(out var message))
        {
            if (DeviceParser.TryParse(message, out var device))
                found = device;
        }
        return found;
    }

    private static byte[] Link(ReadOnlySpan<byte> name)
    {
        var writer = new NetlinkWriter(new byte[512], NetlinkNumbers.RTM_NEWLINK, 0);
        writer.Put(new ifinfomsg { ifi_index = 7, ifi_flags = NetlinkNumbers.IFF_UP });
        writer.Attribute(NetlinkNumbers.IFLA_IFNAME, name);
        writer.Attribute(NetlinkNumbers.IFLA_MTU, 1500);
        var info = writer.BeginNest(NetlinkNumbers.IFLA_LINKINFO);
        writer.Attribute(NetlinkNumbers.IFLA_INFO_KIND, "vxlan");
        var data = writer.BeginNest(NetlinkNumbers.IFLA_INFO_DATA);
        writer.Attribute(NetlinkNumbers.IFLA_VXLAN_ID, 42);
        writer.Attribute(NetlinkNumbers.IFLA_VXLAN_PORT, [0x12, 0xB5]);
        writer.EndNest(data);
        writer.EndNest(info);
        return writer.Finish(1).ToArray();
    }
}
