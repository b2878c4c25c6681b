using Rheo.Model;
using Xunit;

namespace Rheo.Tests.Model;

public sealed class FlowFilterTests
{
    private static readonly Dictionary<string, Conversation> Samples = new()
    {
        ["web"] = Make("10.0.0.1:40000", "192.168.5.7:443"),
        ["plain"] = Make("10.1.2.3:41000", "192.168.5.7:80"),
        ["dns"] = Make("10.0.0.1:5353", "10.0.0.53:53", Transport.Udp),
        ["web6"] = Make("[2001:db8::1]:50000", "[2001:db8:1::2]:443"),
        ["ping"] = Make("10.0.0.1:0", "10.0.0.2:0", Transport.Icmp),
        ["ping6"] = Make("[fe80::1]:0", "[fe80::2]:0", Transport.Icmp6),
        ["gre"] = Make("172.16.1.1:0", "172.16.2.1:0", Transport.Gre),
        ["arp"] = Make("10.0.0.1:0", "10.0.0.2:0", 0) with { Network = NetworkType.Arp },
        ["trunk"] = Make("172.31.0.1:1000", "172.31.0.2:2000", Transport.Sctp) with { Vlan = 10, InnerVlan = 20 },
        ["vxlan"] = Make("172.30.0.1:1000", "172.30.0.2:2000", Transport.Udp) with
        {
            Tunnel = new Tunnel(new TunnelId(TunnelKind.Vxlan, 42), default, default),
        },
        ["fragment"] = Make("172.29.0.1:0", "172.29.0.2:0", Transport.Udp) with { IsFragment = true },
    };

    [Theory]
    [InlineData("", "*")]
    [InlineData("  ", "*")]
    [InlineData("host 10.0.0.1", "web dns ping arp")]
    [InlineData("10.0.0.1", "web dns ping arp")]
    [InlineData("src host 10.0.0.1", "web dns ping arp")]
    [InlineData("dst host 10.0.0.1", "")]
    [InlineData("dst 192.168.5.7", "web plain")]
    [InlineData("src or dst host 192.168.5.7", "web plain")]
    [InlineData("src and dst net 10.0.0.0/24", "dns ping arp")]
    [InlineData("net 10", "web plain dns ping arp")]
    [InlineData("net 10.0.0", "web dns ping arp")]
    [InlineData("net 192.168", "web plain")]
    [InlineData("net 192.168.0/20", "web plain")]
    [InlineData("net 10.0.0.0 mask 255.255.255.0", "web dns ping arp")]
    [InlineData("net 2001:db8::/48", "web6")]
    [InlineData("dst net 2001:db8:1::/48", "web6")]
    [InlineData("net ::/0", "web6 ping6")]
    [InlineData("port 443", "web web6")]
    [InlineData("port https", "web web6")]
    [InlineData("port 80 or 443", "web plain web6")]
    [InlineData("port 80 or http or https", "web plain web6")]
    [InlineData("port (80 or 443)", "web plain web6")]
    [InlineData("tcp dst port 80 or 443", "web plain web6")]
    [InlineData("src port 443", "")]
    [InlineData("portrange 440-450", "web web6")]
    [InlineData("portrange ssh-http", "plain dns")]
    [InlineData("udp portrange 50-60", "dns")]
    [InlineData("port 0", "")]
    [InlineData("not port 443", "plain dns ping ping6 gre arp trunk vxlan fragment")]
    [InlineData("host 10.0.0.1 and (port 80 or 443)", "web")]
    [InlineData("host 10.0.0.1 and not (port 443 or 53)", "ping arp")]
    [InlineData("host 10.0.0.1 or 10.1.2.3", "web plain dns ping arp")]
    [InlineData("not host 10.0.0.1 and 192.168.5.7", "plain")]
    [InlineData("udp or tcp and port 443", "web web6")] // from the left: (udp or tcp) and port 443
    [InlineData("port 443 and ip or ip6", "web web6 ping6")]
    [InlineData("tcp", "web plain web6")]
    [InlineData("TCP && PORT 443", "web web6")]
    [InlineData("!tcp && !udp", "ping ping6 gre arp trunk")]
    [InlineData("icmp || icmp6", "ping ping6")]
    [InlineData("ip6", "web6 ping6")]
    [InlineData("ip6 host fe80::1", "ping6")]
    [InlineData("ip and tcp", "web plain")]
    [InlineData("arp", "arp")]
    [InlineData("arp host 10.0.0.2", "arp")]
    [InlineData("sctp", "trunk")]
    [InlineData("gre", "gre")]
    [InlineData("proto 47", "gre")]
    [InlineData("ip proto \\icmp", "ping")]
    [InlineData("ip proto icmp", "ping")]
    [InlineData("ip6 proto 6", "web6")]
    [InlineData("vlan", "trunk")]
    [InlineData("vlan 10", "trunk")]
    [InlineData("vlan 20 and sctp", "trunk")]
    [InlineData("vlan 11", "")]
    [InlineData("vxlan", "vxlan")]
    [InlineData("vxlan 42", "vxlan")]
    [InlineData("geneve", "")]
    [InlineData("port vxlan", "")]
    public void AFilterPassesWhatItsWordsSay(string filter, string names)
    {
        var parsed = FlowFilter.Parse(filter);
        var passed = Samples.Where(sample => parsed.Matches(sample.Value)).Select(sample => sample.Key);
        Assert.Equal(names == "*" ? string.Join(' ', Samples.Keys) : names, string.Join(' ', passed));
    }

    [Theory]
    [InlineData("hots 10.0.0.1", 1, "'hots'", "host")]
    [InlineData("tcp and prot 80", 9, "'prot'", "port")]
    [InlineData("port htps", 6, "'htps'", "https")]
    [InlineData("port 80 or 70000", 12, "'70000'", null)]
    [InlineData("port 8000-9000", 6, "'8000-9000'", "portrange 8000-9000")]
    [InlineData("443", 1, "'443'", "port 443")]
    [InlineData("tcp 443", 5, "'443'", null)]
    [InlineData("http", 1, "'http'", "port http")]
    [InlineData("host 10.0.0.0/8", 6, "'10.0.0.0/8'", "net 10.0.0.0/8")]
    [InlineData("host example.com", 6, "'example.com'", null)]
    [InlineData("host", 5, "the end of the filter", null)]
    [InlineData("host 10.0.0.1 and", 18, "the end of the filter", null)]
    [InlineData("(port 80", 9, "the end of the filter", null)]
    [InlineData("port 80)", 8, "')'", null)]
    [InlineData("()", 2, "')'", null)]
    [InlineData("and tcp", 1, "'and'", null)]
    [InlineData("tcp udp", 5, "'udp'", null)]
    [InlineData("tcp & udp", 5, "'&'", null)]
    [InlineData("net 10.0.0.0/33", 5, "'10.0.0.0/33'", null)]
    [InlineData("net 10.0.0.0 mask 255.0.255.0", 19, "'255.0.255.0'", null)]
    [InlineData("icmp port 80", 1, "'icmp'", null)]
    [InlineData("tcp[13] == 2", 1, "'tcp[13]'", null)]
    [InlineData("less 100", 1, "'less'", null)]
    [InlineData("vlan 5000", 6, "'5000'", null)]
    [InlineData("zzz:1234", 1, "'zzz:1234'", null)]
    public void AMistakeIsShownWithItsPlaceAndWhatWouldFit(string filter, int column, string found, string? suggestion)
    {
        var error = Assert.Throws<FilterException>(() => FlowFilter.Parse(filter));
        Assert.Equal((column, found, suggestion), (error.Column, error.Found, error.Suggestion));
        Assert.StartsWith($"column {column}: found {found}, expected ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DepthIsBounded()
    {
        var error = Assert.Throws<FilterException>(() => FlowFilter.Parse(new string('(', 10_000)));
        Assert.Contains("parentheses", error.Expected, StringComparison.Ordinal);
        Assert.Throws<FilterException>(() => FlowFilter.Parse(string.Concat(Enumerable.Repeat("not ", 10_000)) + "tcp"));
        Assert.Throws<FilterException>(() => FlowFilter.Parse(string.Join(" or ", Enumerable.Repeat("tcp", 2000))));
        Assert.True(FlowFilter.Parse(string.Join(" or ", Enumerable.Repeat("tcp", 1000))).Matches(Samples["web"]));
    }

    [Fact]
    public void MatchingAllocatesNothing()
    {
        var filter = FlowFilter.Parse("host 10.0.0.1 and (port 80 or 443) or net 2001:db8::/32 and not vlan 10");
        var conversation = Samples["trunk"];
        filter.Matches(in conversation);
        Assert.Equal(0, Allocated.By(() =>
        {
            for (var round = 0; round < 1000; round++)
                filter.Matches(in conversation);
        }));
    }

    [Fact]
    public void AnyTextIsReadOrRefusedWithAFilterException()
    {
        string[] words =
        [
            "host", "net", "port", "portrange", "src", "dst", "and", "or", "not", "(", ")", "!", "&&", "||", "tcp", "udp", "ip", "ip6", "proto",
            "vlan", "vxlan", "mask", "80", "443", "10.0.0.1", "10.0.0.0/8", "2001:db8::1", "::/0", "http", "1-2", "-", "\\", "&", "é", "\0", "[",
            "999999999999", "/", ":", "", "key:value", "state:closed", "bytes:", ">1M", "..", ",", "\"", "interface:",
        ];
        var random = new Random(20_261);
        for (var round = 0; round < 50_000; round++)
        {
            var separator = random.Next(4) == 0 ? "" : " ";
            var text = string.Join(separator, random.GetItems(words, random.Next(1, 12)));
            if (random.Next(4) == 0)
                text = new string(random.GetItems([.. text, ' ', '(', '￿', '\t', '\ud800'], random.Next(1, 30)));
            ReadOrRefuse(text);
        }
    }

    private static void ReadOrRefuse(string text)
    {
        try
        {
            FlowFilter.Parse(text).Matches(Samples["web"]);
        }
        catch (FilterException error)
        {
            Assert.InRange(error.Column, 1, text.Length + 1);
        }
    }

    private static Conversation Make(string source, string destination, byte protocol = Transport.Tcp)
    {
        var from = Read(source);
        return new Conversation
        {
            Source = from,
            Destination = Read(destination),
            Protocol = protocol,
            Network = from.Address.IsIPv4 ? NetworkType.IPv4 : NetworkType.IPv6,
        };
    }

    private static Endpoint Read(string text)
    {
        var colon = text.LastIndexOf(':');
        return new Endpoint(Address.Parse(text[..colon].Trim('[', ']')), ushort.Parse(text[(colon + 1)..], null));
    }
}
