using Rheo.Agent;
using Xunit;

namespace Rheo.Tests.Agent;

public sealed class MetricsTextTests
{
    private readonly MetricsText _page = new(
        """
        # HELP a_total Something.
        # TYPE a_total counter
        a_total{x="1",y="b"} 2
        a_total{x="2",y="b"} 3.5
        a_totals 100
        b 1e3
        """);

    [Fact]
    public void SeriesOfAFamilyAreSummedByTheirLabels()
    {
        Assert.Equal(5.5, _page.Sum("a_total"));
        Assert.Equal(2, _page.Sum("a_total", "x=\"1\""));
        Assert.Equal(1000, _page.Sum("b"));
        Assert.Equal(0, _page.Sum("a"));
    }

    [Fact]
    public void ValuesOfALabelAreListedOnce()
    {
        Assert.Equal(["1", "2"], _page.Values("a_total", "x"));
        Assert.Equal(["b"], _page.Values("a_total", "y"));
        Assert.False(_page.Has("c"));
    }
}
