using Rheo.Measured;

namespace Rheo.Bench;

/// <summary>From the samples of one rate to its results.</summary>
internal static class Summary
{
    public static RateResult Of(CostRounds rounds, IReadOnlyList<Contender> contenders) => new(
        rounds.Rate,
        new RowResult(Contender.Nobody, rounds.Reception, null, rounds.Counts(Contender.Nobody), Each(rounds, Contender.Nobody)),
        [.. contenders.Select(one => Row(rounds, one.Name))]);

    private static RowResult Row(CostRounds rounds, string row) =>
        new(row, rounds.Percent(row), AgainstRheo(rounds, row), rounds.Counts(row), Each(rounds, row));

    // A round in which Rheo was within the noise (or below it) has no ratio that means anything.
    private static Spread? AgainstRheo(CostRounds rounds, string row) =>
        row != Contender.Rheo && rounds.Percent(Contender.Rheo).Min > 0 ? rounds.Against(row, Contender.Rheo) : null;

    private static RoundResult[] Each(CostRounds rounds, string row) =>
        [.. rounds[row].Select((sample, round) => Of(sample, Percent(rounds, row, round)))];

    private static double Percent(CostRounds rounds, string row, int round) =>
        row == Contender.Nobody ? rounds[row][round].PercentAt(rounds.Rate) : rounds.Added(row, round);

    private static RoundResult Of(in CostSample sample, double percent) =>
        new(percent, sample.Packets.NapiNs / 1e9, sample.ObserverNs / 1e9, sample.Rate, sample.Counts);
}
