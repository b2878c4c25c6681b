using System.Net;
using Rheo.Model;
using Xunit;

namespace Rheo.Tests.Model;

public sealed class AddressTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("1::")]
    [InlineData("2001:db8::1")]
    [InlineData("2001:db8:0:1:1:1:1:1")] // one zero group stays
    [InlineData("2001:0:0:1::1")] // the longest run
    [InlineData("2001:db8::1:0:0:1")] // the first of equal runs
    [InlineData("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0")]
    [InlineData("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8")]
    [InlineData("2001:DB8::00A1", "2001:db8::a1")]
    [InlineData("::ffff:10.1.2.3", "10.1.2.3")]
    [InlineData("::10.1.2.3")]
    [InlineData("64:ff9b::10.1.2.3", "64:ff9b::a01:203")]
    [InlineData("1:2:3:4:5:6:10.1.2.3", "1:2:3:4:5:6:a01:203")]
    public void AnAddressIsReadAndWrittenAsInetNtopDoes(string text, string? written = null) =>
        Assert.Equal(written ?? text, Address.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("10.1.2")]
    [InlineData("10.1.2.3.4")]
    [InlineData("10.1.2.256")]
    [InlineData("010.1.2.3")]
    [InlineData("10.1.2.")]
    [InlineData("0x7f.0.0.1")]
    [InlineData(":")]
    [InlineData(":::")]
    [InlineData("1::2::3")]
    [InlineData("12345::")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4:5:6:7:8::")]
    [InlineData("::1%eth0")]
    [InlineData("[::1]")]
    [InlineData("1:2:3:4:5:6:7:1.2.3.4")]
    [InlineData("g::")]
    public void WhatIsNoAddressIsRefused(string text) => Assert.False(Address.TryParse(text, out _));

    [Fact]
    public void EveryAddressSurvivesItsText()
    {
        var random = new Random(5952);
        var bytes = new byte[16];
        for (var round = 0; round < 20_000; round++)
        {
            random.NextBytes(bytes);
            // Many zero groups, or the rules of shortening are hardly touched.
            for (var group = 0; group < 8; group++)
            {
                if (random.Next(2) == 0)
                    bytes.AsSpan(2 * group, 2).Clear();
            }
            var address = new Address(bytes);
            Assert.Equal(address, Address.Parse(address.ToString()));
            Assert.Equal(bytes, IPAddress.Parse(address.ToString()).MapToIPv6().GetAddressBytes());
        }
    }

    [Fact]
    public void BytesStandInNetworkOrder()
    {
        var bytes = new byte[16];
        Address.Parse("10.1.2.3").CopyTo(bytes);
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 10, 1, 2, 3], bytes);
        Assert.Equal(Address.Parse("10.1.2.3"), new Address([10, 1, 2, 3]));
        Assert.True(Address.Parse("10.0.0.9") < Address.Parse("10.0.0.10"));
    }

    [Fact]
    public void FormattingSaysWhenTheSpanIsTooShort()
    {
        Span<char> text = stackalloc char[8];
        Assert.True(Address.Parse("10.1.2.3").TryFormat(text, out var written));
        Assert.Equal("10.1.2.3", text[..written].ToString());
        Assert.False(Address.Parse("10.1.2.34").TryFormat(text, out _));
    }

    [Theory]
    [InlineData("10.0.0.0/8", "10.255.1.2", true)]
    [InlineData("10.0.0.0/8", "11.0.0.0", false)]
    [InlineData("0.0.0.0/0", "1.2.3.4", true)]
    [InlineData("0.0.0.0/0", "2001::1", false)]
    [InlineData("::/0", "1.2.3.4", false)]
    [InlineData("::/0", "2001::1", true)]
    [InlineData("2001:db8::/32", "2001:db8:ffff::1", true)]
    [InlineData("2001:db8::/33", "2001:db8:8000::1", false)]
    [InlineData("fe80::1", "fe80::1", true)]
    [InlineData("fe80::1", "fe80::2", false)]
    public void APrefixContainsItsNetwork(string prefix, string address, bool inside) =>
        Assert.Equal(inside, Prefix.Parse(prefix).Contains(Address.Parse(address)));

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("::/129")]
    [InlineData("/8")]
    public void WhatIsNoPrefixIsRefused(string text) => Assert.False(Prefix.TryParse(text, out _));

    [Fact]
    public void APrefixForgetsTheBitsBelowItsLength() => Assert.Equal("10.0.0.0/8", Prefix.Parse("10.1.2.3/8").ToString());

    [Fact]
    public void EndpointsOfIPv6HaveBrackets()
    {
        Assert.Equal("[::1]:80", new Endpoint(Address.Parse("::1"), 80).ToString());
        Assert.Equal("10.0.0.1:80", new Endpoint(Address.Parse("10.0.0.1"), 80).ToString());
        Assert.Equal("10.0.0.1", new Endpoint(Address.Parse("10.0.0.1"), 0).ToString());
    }

    [Theory]
    [InlineData(6, "tcp")]
    [InlineData(17, "udp")]
    [InlineData(1, "icmp")]
    [InlineData(58, "icmpv6")]
    [InlineData(132, "sctp")]
    [InlineData(47, "gre")]
    [InlineData(50, "esp")]
    [InlineData(253, "proto-253")]
    public void ProtocolsHaveTheirIanaNames(byte number, string name)
    {
        Assert.Equal(name, Transport.Name(number));
        Assert.True(Transport.TryParse(name.ToUpperInvariant(), out var parsed) && parsed == number);
    }
}
