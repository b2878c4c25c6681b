using Rheo.Bench.Measure;
using Rheo.Measured;

namespace Rheo.Bench;

/// <summary>All rows at one packet rate. What an observer costs is what it costs more than the reception of the same round.</summary>
internal sealed class CostRounds(int rate, Rounds<CostSample> samples)
{
    /// <summary>The packet rate that was asked for.</summary>
    public int Rate => rate;

    /// <summary>The samples of a row, a round each.</summary>
    public IReadOnlyList<CostSample> this[string row] => samples[row];

    /// <summary>What receiving costs by itself, in percent of a core.</summary>
    public Spread Reception => samples.Of(Contender.Nobody, sample => sample.PercentAt(rate));

    /// <summary>Any value of a row by itself.</summary>
    public Spread Of(string row, Func<CostSample, double> value) => samples.Of(row, value);

    /// <summary>What a row adds to the reception, in percent of a core.</summary>
    public Spread Percent(string row) => Spread.Of(Rounds.Select(round => Added(row, round)));

    /// <summary>A row against another; each round by itself, both without the reception.</summary>
    public Spread Against(string row, string other) => Spread.Of(Rounds.Select(round => Added(row, round) / Added(other, round)));

    /// <summary>What a row added in one round.</summary>
    public double Added(string row, int round) => this[row][round].PercentAt(rate) - this[Contender.Nobody][round].PercentAt(rate);

    /// <summary>The packets of all rounds of a row.</summary>
    public PacketCounts Counts(string row) => this[row].Select(sample => sample.Counts).Aggregate((sum, next) => sum + next);

    private IEnumerable<int> Rounds => Enumerable.Range(0, samples[Contender.Nobody].Count);
}
