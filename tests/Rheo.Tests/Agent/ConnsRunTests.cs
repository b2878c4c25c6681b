using Rheo.Agent;
using Rheo.Model.Connections;
using Rheo.Tests.Sinks;
using Xunit;

namespace Rheo.Tests.Agent;

/// <summary>What <c>rheo conns</c> says beside what it shows.</summary>
public sealed class ConnsRunTests
{
    private static readonly ConnectionList s_two = new(0, 2, 0, 2, ConnectionTotals.None, 0, [.. SomeConnections.All.Take(2)], []);

    [Theory]
    [InlineData(2, null, null)]
    [InlineData(12_345, null, "12,345 fit, and an agent tells 2 at most; --agent never shows all")]
    [InlineData(12_345, 2, null)] // as many as were asked for
    [InlineData(12_345, 20_000, "12,345 fit, and an agent tells 2 at most; --agent never shows all")]
    public void WhereAnAgentTellsFewerThanThereAreThatIsSaid(int matched, int? limit, string? said) =>
        Assert.Equal(said, ConnsRun.Cut(s_two with { Matched = matched }, limit));
}
