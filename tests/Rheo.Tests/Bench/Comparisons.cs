using Rheo.Measured;

namespace Rheo.Tests.Bench;

/// <summary>Results as a run could have given them.</summary>
internal static class Comparisons
{
    /// <summary>Two rounds at two rates; one tool is missing, one does not run, one loses packets, and once Rheo is within the noise.</summary>
    public static Comparison Mixed { get; } = new(
        "0.1.0",
        new MachineFacts("6.1.0", "A CPU\e[31m", 4, "0.10 0.20 0.30", "2026-11-22 21:00 UTC"),
        "1.00 0.40 0.30",
        new ComparisonLayout(3, 2, 4096, 60, 0, 2, SharedCore: true),
        [
            new Watcher("rheo agent", "rheo agent -i DEVICE", WatcherState.Measured),
            new Watcher("tcpdump -nn", "tcpdump -nn -i DEVICE", WatcherState.Measured),
            new Watcher("dumpcap -w", "dumpcap -q -i DEVICE -w /dev/null", WatcherState.NotInstalled),
            new Watcher("softflowd", "softflowd -d -i DEVICE", WatcherState.Failed, "Softflowd ended with 1: \e]0;evil\a"),
        ],
        [
            new RateResult(
                100_000, Row("no observer", null, null, 12.4, 12.8),
                [Row("rheo agent", null, 700_000, 2.0, 2.5), Row("tcpdump -nn", Spread.Of([20, 25]), 699_000, 40, 50)]),
            new RateResult(
                1_000_000, Row("no observer", null, null, 70, 90),
                [Row("rheo agent", null, 700_000, -1, 12), Row("tcpdump -nn", null, 120_000, 100, 104)]),
        ]);

    private static RowResult Row(string watcher, Spread? against, long? seen, params double[] percents) => new(
        watcher, Spread.Of(percents), against, new PacketCounts(700_100, 700_000, seen),
        [.. percents.Select(percent => new RoundResult(percent, 0.25, seen is null ? 0 : 0.125, 99_876, new PacketCounts(350_050, 350_000, seen / 2)))]);
}
