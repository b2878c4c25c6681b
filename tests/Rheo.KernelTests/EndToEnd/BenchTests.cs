using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Rheo.KernelTests.EndToEnd;

/// <summary><c>rheo bench</c>: what it counts, and that it leaves nothing. No figure of time is judged here.</summary>
public sealed class BenchTests
{
    private static readonly string[] Short = ["--duration", "300ms", "--rounds", "1", "--rates", "50k"];

    [RootFact(Kernel = "5.18")]
    public void RheoMissesNothingAndTheTableAgreesWithTheFile()
    {
        using var bench = BenchProcess.Start(Short);

        Assert.True(bench.WaitForExit() == 0, bench.Messages);
        using var document = JsonDocument.Parse(File.ReadAllText(bench.File));
        var rate = Assert.Single(document.RootElement.GetProperty("rates").EnumerateArray());
        var rows = rate.GetProperty("rows").EnumerateArray().ToDictionary(row => row.GetProperty("watcher").GetString()!);
        var counts = rows["rheo agent"].GetProperty("packets");
        Assert.Equal(50_000, rate.GetProperty("packets_per_second").GetInt32());
        Assert.InRange(Number(counts, "received"), 1, Number(counts, "sent"));
        Assert.Equal(Number(counts, "received"), Number(counts, "seen"));
        Assert.Equal(0, Number(counts, "missed"));
        Assert.All(rows, row => Assert.Contains(bench.Output.Split('\n'), line => Shows(line, row.Key, row.Value.GetProperty("packets"))));
        Assert.All(States(document), state => Assert.True(state.Value is "measured" or "not_installed", bench.Output));
        Assert.All(States(document), state => Assert.Equal(state.Value == "measured", rows.ContainsKey(state.Key)));
        Assert.DoesNotContain('\e', bench.Messages);
        AssertNothingIsLeft(bench);
    }

    [RootFact(Kernel = "5.18")]
    public void InterruptedInTheMiddleItLeavesNothingAndExitsWith1()
    {
        using var bench = BenchProcess.Start("--duration", "30s", "--rounds", "9", "--rates", "20k", "--only", "tcpdump");
        bench.AwaitMessage("of 9: rheo agent");
        bench.Signal("INT");

        Assert.Equal(1, bench.WaitForExit());
        Assert.Contains("interrupted", bench.Messages, StringComparison.Ordinal);
        Assert.Empty(bench.Output);
        Assert.False(File.Exists(bench.File));
        AssertNothingIsLeft(bench);
    }

    [RootFact(Kernel = "5.18")]
    public void KilledItsProgramsEndAndTheNextRunTakesTheRestAway()
    {
        using var killed = BenchProcess.Start("--duration", "30s", "--rounds", "9", "--rates", "20k", "--only", "softflowd");
        killed.AwaitMessage("of 9: softflowd");
        Assert.True(SpinWait.SpinUntil(() => killed.Watchers().Length > 0, TimeSpan.FromSeconds(30)));
        killed.Signal("KILL");
        killed.WaitForExit();
        Assert.True(SpinWait.SpinUntil(() => killed.Watchers().Length == 0, TimeSpan.FromSeconds(10)), string.Join('\n', killed.Watchers()));
        Assert.NotEmpty(killed.Leftovers());

        using var next = BenchProcess.Start("--duration", "100ms", "--rounds", "1", "--rates", "10k", "--only", "softflowd", "-o", "json");

        Assert.True(next.WaitForExit() == 0, next.Messages);
        Assert.Equal(File.ReadAllText(next.File), next.Output);
        AssertNothingIsLeft(next);
        AssertNothingIsLeft(killed);
    }

    [RootFact]
    public void WithOneCpuItSaysWhatCannotBeShown()
    {
        using var bench = BenchProcess.StartThrough(["taskset", "--cpu-list", "0"], Short);

        Assert.Equal(3, bench.WaitForExit());
        Assert.Contains("one CPU", bench.Messages, StringComparison.Ordinal);
        AssertNothingIsLeft(bench);
    }

    [RootFact]
    public void WithoutRootItNamesTheWayOut()
    {
        using var bench = BenchProcess.StartThrough(["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"], Short);

        Assert.Equal(3, bench.WaitForExit());
        Assert.Contains("sudo rheo bench", bench.Messages, StringComparison.Ordinal);
    }

    [RootFact]
    public void AFileThatCannotBeWrittenIsToldBeforeAnythingIsMeasured()
    {
        using var bench = BenchProcess.Start([.. Short, "--file", "no/such/folder/file"]);

        Assert.Equal(1, bench.WaitForExit());
        Assert.Contains("no/such/folder", bench.Messages, StringComparison.Ordinal);
        AssertNothingIsLeft(bench);
    }

    private static void AssertNothingIsLeft(BenchProcess bench)
    {
        Assert.Empty(bench.Leftovers());
        Assert.Empty(bench.Watchers());
    }

    private static Dictionary<string, string> States(JsonDocument document) =>
        document.RootElement.GetProperty("watchers").EnumerateArray()
            .ToDictionary(one => one.GetProperty("name").GetString()!, one => one.GetProperty("state").GetString()!);

    private static bool Shows(string line, string watcher, JsonElement packets) =>
        line.Contains(watcher, StringComparison.Ordinal)
        && line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^4..]
            .SequenceEqual(new[] { "sent", "received", "seen", "missed" }.Select(name => Number(packets, name).ToString("#,0", CultureInfo.InvariantCulture)));

    private static long Number(JsonElement packets, string name) => packets.GetProperty(name).GetInt64();
}
