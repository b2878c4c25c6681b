using System.Text;
using Prometheus;
using Rheo.Model.Drops;
using Rheo.Sinks;
using Xunit;

namespace Rheo.Tests.Sinks;

public sealed class DropSeriesTests
{
    [Fact]
    public async Task BeyondSixtyFourPairsOfReasonAndPlaceTheRestIsOneSeriesAndTheSumStaysExact()
    {
        var registry = Metrics.NewCustomRegistry();
        var series = new DropSeries(Metrics.WithCustomRegistry(registry));

        series.Show(Places(100, packets: 1));
        series.Show(Places(100, packets: 10));

        var page = await Page(registry);
        Assert.Equal(65, page.Count(line => line.StartsWith("rheo_dropped_packets_total{", StringComparison.Ordinal)));
        Assert.Contains("rheo_dropped_packets_total{reason=\"other\",place=\"other\"} 360", page);
        Assert.Contains("rheo_dropped_packets_total{reason=\"NO_SOCKET\",place=\"place_0\"} 10", page);
    }

    [Fact]
    public async Task WhatIsNoLossIsNotCalledDropped()
    {
        var registry = Metrics.NewCustomRegistry();
        var series = new DropSeries(Metrics.WithCustomRegistry(registry));

        series.Show(new DropSnapshot([new("TCP_RESET", "tcp_reset", 1, 1, 0x800, null, 5, 200, 0)], [], default));

        var page = await Page(registry);
        Assert.Contains("rheo_let_go_packets_total{reason=\"TCP_RESET\"} 5", page);
        Assert.DoesNotContain(page, line => line.StartsWith("rheo_dropped_packets_total{reason=\"TCP_RESET\"", StringComparison.Ordinal));
    }

    private static DropSnapshot Places(int count, ulong packets) =>
        new([.. Enumerable.Range(0, count).Select(at => new DropTotal("NO_SOCKET", $"place_{at}", 1, 1, 0x800, null, packets, 100 * packets, 0))], [], default);

    private static async Task<string[]> Page(CollectorRegistry registry)
    {
        using var page = new MemoryStream();
        await registry.CollectAndExportAsTextAsync(page);
        return Encoding.UTF8.GetString(page.ToArray()).Split('\n');
    }
}
