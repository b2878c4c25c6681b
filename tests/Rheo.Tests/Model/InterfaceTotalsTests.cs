using Rheo.Model;
using Xunit;
using static Rheo.Tests.Model.Flows;

namespace Rheo.Tests.Model;

public sealed class InterfaceTotalsTests
{
    [Fact]
    public void EachPointAndClassCountsForItself()
    {
        var totals = new InterfaceTotals();
        for (var index = 1; index <= 40; index++)
            totals.Add(totals.Open(In(index)), TrafficClass.Udp, (ulong)index, 100);
        totals.Add(totals.Open(Out(7)), TrafficClass.Udp, 1, 1);
        totals.Add(totals.Open(In(7)), TrafficClass.Arp, 2, 2);
        totals.Add(totals.Open(In(7)), TrafficClass.Udp, 1, 1);
        Assert.Equal(new Traffic(8, 101), totals.At(In(7), TrafficClass.Udp));
        Assert.Equal(new Traffic(1, 1), totals.At(Out(7), TrafficClass.Udp));
        Assert.Equal(new Traffic(2, 2), totals.At(In(7), TrafficClass.Arp));
        Assert.Equal(new Traffic(40, 100), totals.At(In(40), TrafficClass.Udp));
        Assert.Equal(41, totals.Points.Count);
    }

    [Fact]
    public void AnInterfaceThatIsGoneKeepsItsShareOfTheSum()
    {
        var totals = new InterfaceTotals();
        totals.Add(totals.Open(In(7)), TrafficClass.Tcp, 5, 500);
        totals.Add(totals.Open(Out(7)), TrafficClass.Tcp, 6, 600);
        totals.Retire(7);
        Assert.Equal(new Traffic(5, 500), totals.Retired(egress: false, TrafficClass.Tcp));
        Assert.Equal(new Traffic(6, 600), totals.Retired(egress: true, TrafficClass.Tcp));
        Assert.Empty(totals.Points);
        totals.Add(totals.Open(In(8)), TrafficClass.Tcp, 1, 100);
        Assert.Equal(new Traffic(1, 100), totals.At(In(8), TrafficClass.Tcp));
        Assert.Equal(default, totals.At(In(7), TrafficClass.Tcp));
    }

    [Theory]
    [InlineData(Transport.Tcp, TrafficClass.Tcp)]
    [InlineData(Transport.Icmp6, TrafficClass.Icmp6)]
    [InlineData(Transport.Gre, TrafficClass.OtherIp)]
    public void TheClassFollowsTheProtocol(byte protocol, TrafficClass expected) => Assert.Equal(expected, InterfaceTotals.ClassOf(protocol));
}
