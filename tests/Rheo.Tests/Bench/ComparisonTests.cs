using System.Text;
using System.Text.Json;
using Rheo.Measured;
using Rheo.Sinks;
using Rheo.Terminal;
using Rheo.Tests.Ground;
using Rheo.Tests.Sinks;
using Xunit;

namespace Rheo.Tests.Bench;

/// <summary>How the results of <c>rheo bench</c> look.</summary>
public sealed class ComparisonTests
{
    [Fact]
    public void TheTableShowsCostNoiseAndWhatWasMissed()
    {
        using var output = new StringWriter();
        new ComparisonTable(Comparisons.Mixed).Write(output, Screen.None);

        Golden.Check("comparison.txt", output.ToString());
    }

    [Fact]
    public void ANarrowTerminalStillGetsTheCounts()
    {
        using var output = new StringWriter();
        new ComparisonTable(Comparisons.Mixed).Write(output, Screen.None with { Width = 80 });

        var rows = output.ToString().Split('\n').Where(line => line.Contains("MISSED", StringComparison.Ordinal) || line.Contains("699,000", StringComparison.Ordinal));
        Assert.All(rows, row => Assert.InRange(row.Length, 1, 80));
        Assert.Equal(2, rows.Count());
    }

    [Fact]
    public void WhatToolsSayDoesNotReachTheTerminalRaw()
    {
        using var output = new StringWriter();
        new ComparisonTable(Comparisons.Mixed).Write(output, Screen.None);

        Assert.DoesNotContain('\e', output.ToString());
        Assert.DoesNotContain('\a', output.ToString());
    }

    [Fact]
    public void TheDocumentFitsThePublishedSchema()
    {
        var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs", "bench.schema.json"))).RootElement;
        var document = JsonDocument.Parse(ComparisonJson.Write(Comparisons.Mixed)).RootElement;

        Assert.Empty(new JsonSchema(schema).Errors(document));
        Golden.Check("comparison.json", Encoding.UTF8.GetString(ComparisonJson.Write(Comparisons.Mixed)));
    }

    [Fact]
    public void MissedIsReceivedLessSeenAndUnknownWhereNobodyLooked()
    {
        Assert.Equal(30, new PacketCounts(1100, 1000, 970).Missed);
        Assert.Null(new PacketCounts(1100, 1000, null).Missed);
        Assert.Equal(new PacketCounts(3, 2, 1), new PacketCounts(1, 1, 1) + new PacketCounts(2, 1, 0));
    }

    [Theory]
    [InlineData(new[] { 3.0, 1, 2 }, 2, 1, 3)]
    [InlineData(new[] { 4.0, 1, 2, 3 }, 2.5, 1, 4)]
    public void ASpreadIsTheMiddleAndTheEnds(double[] values, double median, double min, double max) =>
        Assert.Equal(new Spread(median, min, max), Spread.Of(values));
}
