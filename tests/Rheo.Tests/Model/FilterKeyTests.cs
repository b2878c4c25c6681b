using Rheo.Model;
using Rheo.Tests.Ground;
using Xunit;

namespace Rheo.Tests.Model;

public sealed class FilterKeyTests
{
    private const int Loopback = 1, Ethernet = 2, Bridge = 3;

    private static readonly FilterContext Names = new()
    {
        InterfaceName = index => index switch { Loopback => "lo", Ethernet => "eth0", Bridge => "Br-a,b", _ => $"if{index}" },
    };

    private static readonly Dictionary<string, Conversation> Samples = new()
    {
        ["web"] = Make(Transport.Tcp, Ethernet) with
        {
            TcpState = TcpWireState.Established,
            Initiator = Initiator.Syn,
            SentFlags = TcpFlags.Syn | TcpFlags.Ack,
            HandshakeRttNs = 12_000_000,
            SynRetransmits = 1,
            SynAckRetransmits = 1,
            Sent = new Traffic(10, 1_000_000),
            Received = new Traffic(20, 2_000_000),
            LastSeenNs = Flows.Start + (90 * Flows.Second),
            Rates = new ConversationRates(default, new TrafficRate(20_000, 1, 5_000, 1), default),
            SourceProcesses = [OwnerTable.Curl],
            DestinationProcesses = [OwnerTable.Nginx, OwnerTable.Nginx with { Pid = 813 }],
        },
        ["reset"] = Make(Transport.Tcp, Loopback) with
        {
            TcpState = TcpWireState.Closed,
            ReceivedFlags = TcpFlags.Rst,
            End = EndReason.Reset,
            DestinationProcesses = [OwnerTable.Nginx],
            HandshakeRttNs = 400_000,
            Sent = new Traffic(1, 60),
        },
        ["dns"] = Make(Transport.Udp, Bridge) with { Sent = new Traffic(1, 1024), Network = NetworkType.IPv6 },
        ["vxlan"] = Make(Transport.Udp, Ethernet) with { Tunnel = new Tunnel(new TunnelId(TunnelKind.Vxlan, 42), default, default) },
        ["ipip"] = Make(Transport.Icmp, Loopback) with { Tunnel = new Tunnel(new TunnelId(TunnelKind.IpIp, 0), default, default) },
        ["arp"] = Make(0, Ethernet) with { Network = NetworkType.Arp },
    };

    [Theory]
    [InlineData("interface:eth0", "web vxlan arp")]
    [InlineData("interface:eth*", "web vxlan arp")]
    [InlineData("interface:?o", "reset ipip")]
    [InlineData("interface:l?,e*0", "web reset vxlan ipip arp")]
    [InlineData("interface:*", "web reset dns vxlan ipip arp")]
    [InlineData("interface:\"Br-a,b\"", "dns")]
    [InlineData("interface:Br*", "dns")]
    [InlineData("interface:br*", "")] // names have two cases
    [InlineData("not interface:lo", "web dns vxlan arp")]
    [InlineData("process:curl", "web")]
    [InlineData("process:c*,nginx", "web reset")]
    [InlineData("src process:curl", "web")]
    [InlineData("dst process:curl", "")]
    [InlineData("dst process:nginx", "web reset")]
    [InlineData("src and dst process:*", "web")]
    [InlineData("src or dst process:nginx", "web reset")]
    [InlineData("tcp src process:curl", "web")]
    [InlineData("udp src process:curl", "")]
    [InlineData("src process:curl and port 443 or 80", "web")]
    [InlineData("process:CURL", "")] // names have two cases
    [InlineData("process:/usr/bin/*", "web")]
    [InlineData("process:*", "web reset")]
    [InlineData("not process:*", "dns vxlan ipip arp")]
    [InlineData("pid:813", "web")] // the second of two
    [InlineData("pid:4000..5000", "web")]
    [InlineData("uid:1000..", "web")]
    [InlineData("uid:..33", "web reset")]
    [InlineData("container:3f4a0c5d9e1b", "web reset")]
    [InlineData("src container:3f4a", "")]
    [InlineData("container:f4a", "")]
    [InlineData("container:*", "web reset")]
    [InlineData("unit:session-*", "web")]
    [InlineData("state:established", "web")]
    [InlineData("STATE:Established,closed", "web reset")]
    [InlineData("flags:rst", "reset")]
    [InlineData("flags:syn and flags:ack", "web")]
    [InlineData("initiator:syn", "web")]
    [InlineData("ended:any", "reset")]
    [InlineData("ended:reset", "reset")]
    [InlineData("ended:none and interface:lo", "ipip")]
    [InlineData("tunnel:vxlan", "vxlan")]
    [InlineData("tunnel:any", "vxlan ipip")]
    [InlineData("tunnel:none and udp", "dns")]
    [InlineData("vni:42", "vxlan")]
    [InlineData("vni:0", "")] // IPIP has no number
    [InlineData("vni:40..50", "vxlan")]
    [InlineData("vni:1,2,42", "vxlan")]
    [InlineData("transport:udp", "dns vxlan")]
    [InlineData("transport:arp", "arp")]
    [InlineData("type:ipv6", "dns")]
    [InlineData("rtt:>10ms", "web")]
    [InlineData("rtt:>12ms", "")]
    [InlineData("rtt:>=12ms", "web")]
    [InlineData("rtt:<0.5ms", "reset")]
    [InlineData("rtt:300us..500us", "reset")]
    [InlineData("rtt:..1s", "web reset")]
    [InlineData("not rtt:..1s", "dns vxlan ipip arp")] // who has none passes no comparison
    [InlineData("retransmits:2", "web")]
    [InlineData("retransmits:>0", "web")]
    [InlineData("bytes:>1M", "web")]
    [InlineData("bytes:3MB..", "web")]
    [InlineData("bytes:>=1KiB and bytes:<=1Ki", "dns")]
    [InlineData("sent:>1M", "")]
    [InlineData("received:>1M", "web")]
    [InlineData("packets:30", "web")]
    [InlineData("packets:<2", "reset dns vxlan ipip arp")]
    [InlineData("rate:>24k", "web")]
    [InlineData("rate:>199kbit", "web")]
    [InlineData("rate:>201kbit/s", "")]
    [InlineData("duration:>1m", "web")]
    [InlineData("port 444 or interface:lo", "reset ipip")]
    [InlineData("(state:closed or udp) and not tunnel:any", "reset dns")]
    public void AKeyPassesWhatItsValueSays(string filter, string names)
    {
        var parsed = FlowFilter.Parse(filter).In(Names);
        var passed = Samples.Where(sample => parsed.Matches(sample.Value)).Select(sample => sample.Key);
        Assert.Equal(names, string.Join(' ', passed));
    }

    [Theory]
    [InlineData("duration:>1m")]
    [InlineData("duration:<1m")]
    public void AConnectionWhoseBeginningNobodySawHasNoDuration(string filter)
    {
        var parsed = FlowFilter.Parse(filter, FilterSubject.Connection);

        Assert.False(parsed.Matches(Samples["web"] with { FirstSeenNs = 0 }));
    }

    [Theory]
    [InlineData("stat:established", 1, "'stat:established'", "state:established")]
    [InlineData("tcp and iface:eth0", 9, "'iface:eth0'", "interface:eth0")]
    [InlineData("port:443", 1, "'port:443'", "port 443")]
    [InlineData("prot:443", 1, "'prot:443'", "port 443")]
    [InlineData("state:establised", 7, "'establised'", "established")]
    [InlineData("state:closed,opened", 14, "'opened'", null)]
    [InlineData("state:", 7, "nothing", null)]
    [InlineData("state: closed", 7, "nothing", "state:closed")]
    [InlineData("state: and tcp", 7, "nothing", null)]
    [InlineData("state:closed,", 14, "nothing", null)]
    [InlineData("interface:,lo", 11, "nothing", null)]
    [InlineData("interface:\"lo", 11, "'\"'", null)]
    [InlineData("interface:l\"o\"", 12, "'\"'", null)]
    [InlineData("bytes:", 7, "nothing", null)]
    [InlineData("bytes:>", 8, "nothing", null)]
    [InlineData("bytes:>many", 8, "'many'", null)]
    [InlineData("bytes:>1X", 8, "'1X'", null)]
    [InlineData("bytes:5..1", 7, "'5..1'", null)]
    [InlineData("bytes:..", 7, "'..'", null)]
    [InlineData("rtt:10ms", 5, "'10ms'", "rtt:>10ms")]
    [InlineData("vni:4.5", 5, "'4.5'", null)]
    [InlineData("vni:1e9", 5, "'1e9'", null)]
    [InlineData("vni:-1", 5, "'-1'", null)]
    [InlineData("state:closed or 443", 17, "'443'", "port 443")]
    [InlineData("fe80::zz", 1, "'fe80::zz'", null)]
    public void AMistakeIsShownWithItsPlaceAndWhatWouldFit(string filter, int column, string found, string? suggestion)
    {
        var error = Assert.Throws<FilterException>(() => FlowFilter.Parse(filter));
        Assert.Equal((column, found, suggestion), (error.Column, error.Found, error.Suggestion));
    }

    [Fact]
    public void WhatWouldFitIsSaid()
    {
        Assert.Contains("established", Expected("state:x"), StringComparison.Ordinal);
        Assert.Contains("1M..", Expected("bytes:x"), StringComparison.Ordinal);
        Assert.Contains("the shell takes them", Expected("bytes:"), StringComparison.Ordinal);
        Assert.Contains("interface, ", Expected("stte:x"), StringComparison.Ordinal);
        Assert.Contains("interface:eth0", Expected("foo"), StringComparison.Ordinal);
    }

    [Fact]
    public void AddressesWithColonsAreNoKeys()
    {
        FlowFilter.Parse("fe80::1 or ace::/16 or dead:beef::1");
        Assert.DoesNotContain("a key that is known", Expected("fe80:::1"), StringComparison.Ordinal);
    }

    [Fact]
    public void TheNumberOfValuesIsBounded()
    {
        FlowFilter.Parse("vni:" + string.Join(',', Enumerable.Range(0, 64)));
        Assert.Contains("64", Expected("vni:" + string.Join(',', Enumerable.Range(0, 65))), StringComparison.Ordinal);
    }

    [Fact]
    public void ManyStarsTakeNoLongerThanTheirNumberTimesTheName()
    {
        var parsed = FlowFilter.Parse("interface:" + string.Concat(Enumerable.Repeat("*a", 10_000)) + "b")
            .In(new FilterContext { InterfaceName = _ => new string('a', 15) });
        Assert.False(parsed.Matches(Samples["web"]));
    }

    [Fact]
    public void EveryKeyIsListedWithItsMeaningAndIsRead()
    {
        Assert.Contains(FlowFilter.Keys, key => key is { Name: "state", Words.Count: 6 });
        Assert.All(FlowFilter.Keys, key => Assert.NotEmpty(key.Meaning));
        Assert.All(FlowFilter.Keys, key => Assert.Equal(key.Values, Expected($"{key.Name}:,")));
        Assert.All(FlowFilter.Keys, key => Assert.All(key.Words, word => FlowFilter.Parse($"{key.Name}:{word}")));
    }

    [Theory]
    [InlineData("tcp", false)]
    [InlineData("process:nginx", true)]
    [InlineData("tcp and not (port 80 or src uid:0)", true)]
    public void AFilterKnowsWhetherItNeedsOwners(string filter, bool needs) => Assert.Equal(needs, FlowFilter.Parse(filter).NeedsOwners);

    [Fact]
    public void EveryKeyIsDocumented()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs/filter.md"));
        Assert.All(FlowFilter.Keys, key => Assert.Contains($"| `{key.Name}:", page, StringComparison.Ordinal));
        Assert.All(FlowFilter.Keys.SelectMany(key => key.Words), word => Assert.Contains($"`{word}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void WordsAreThoseOfEveryOutput()
    {
        Assert.Equal(Words(Enum.GetValues<TcpWireState>().Where(state => state != TcpWireState.None), Rheo.Words.Of), KeyWords("state"));
        Assert.Equal(Words(Enum.GetValues<EndReason>(), Rheo.Words.Of).Append("any").Order(), KeyWords("ended"));
        Assert.Equal(Words(Enum.GetValues<TunnelKind>(), Rheo.Words.Of).Append("any").Order(), KeyWords("tunnel"));
        Assert.Equal(Words(Enum.GetValues<Initiator>(), Rheo.Words.Of), KeyWords("initiator"));
        Assert.Equal(Words(Enum.GetValues<NetworkType>(), Rheo.Words.Of), KeyWords("type"));
        Assert.Equal(Rheo.Words.TcpFlagWords.ToArray().Select(pair => pair.Word).Order(), KeyWords("flags"));
    }

    [Fact]
    public void MatchingAKeyAllocatesNothing()
    {
        var filter = FlowFilter.Parse("interface:eth* and rate:>1 and state:established,closed and rtt:1ms.. and flags:syn").In(Names);
        var conversation = Samples["web"];
        Assert.True(filter.Matches(in conversation));
        Assert.Equal(0, Allocated.By(() =>
        {
            for (var round = 0; round < 1000; round++)
                filter.Matches(in conversation);
        }));
    }

    [Fact]
    public void TheTopOfATableIsFilteredByPathsAndRatesToo()
    {
        var table = Flows.Table();
        table.See(Flows.Request, Flows.In(Loopback), Flows.Start, 10);
        table.Tick(Flows.Start + Flows.Second);
        var into = new Conversation[4];

        Assert.Equal(1, table.Top(into, ConversationOrder.Bytes, FlowFilter.Parse("interface:lo").In(Names)));
        Assert.Equal(0, table.Top(into, ConversationOrder.Bytes, FlowFilter.Parse("interface:eth0").In(Names)));
        Assert.Equal(1, table.Top(into, ConversationOrder.Bytes, FlowFilter.Parse("rate:>0").In(Names)));
    }

    private static IEnumerable<string> Words<T>(IEnumerable<T> values, Func<T, string> word) => values.Select(word).Order();

    private static IEnumerable<string> KeyWords(string name) => FlowFilter.Keys.Single(key => key.Name == name).Words.Order();

    private static string Expected(string filter) => Assert.Throws<FilterException>(() => FlowFilter.Parse(filter)).Expected;

    private static Conversation Make(byte protocol, int interfaceIndex)
    {
        var table = Flows.Table();
        table.See(Flows.Request, Flows.In(interfaceIndex), Flows.Start, 1);
        table.Tick(Flows.Start + Flows.Second);
        return new Conversation
        {
            Source = Flows.Client,
            Destination = Flows.Server,
            Protocol = protocol,
            Sent = new Traffic(1, 100),
            FirstSeenNs = Flows.Start,
            LastSeenNs = Flows.Start,
            SentPath = table.Single().SentPath,
        };
    }
}
