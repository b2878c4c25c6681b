using System.Text.Json;
using Rheo.Bench.Machine;
using Rheo.Bench.Measure;
using Rheo.Bench.Observers;
using Rheo.Bench.Traffic;

namespace Rheo.Bench.Scenarios;

/// <summary>How much of a TCP stream's throughput is left while the agent watches. Wall time is what is meant here.</summary>
internal sealed class StreamScenario : IScenario
{
    private const int LeastRounds = 9;
    private const string Seconds = "2";

    public string Name => "stream";

    public string What => "iperf3 through a veth pair with TSO, with the agent and without";

    public IReadOnlyList<Figure> Run(int rounds)
    {
        using var pair = Pair.Create();
        using var server = Command.Start(pair.Server.Inside("iperf3", "--server", "--affinity", $"{Core.Receiver}"));
        Command.Await("iperf3 server", () => pair.Server.Shell("ss -Hltn sport = :5201").Length > 0);
        try
        {
            var results = Rounds<double>.Run(
                Math.Max(LeastRounds, rounds),
                [new("without", () => Throughput(pair)), new("with", () => Watched(pair))],
                Name);
            return
            [
                new(
                    Name, "iperf3 without the agent", "Gbit/s",
                    results.Of("without", rate => rate / 1e9), Note: $"spread {results.Of("without", rate => rate).Noise:P0}"),
                new(
                    Name, "iperf3 with the agent, against without", "ratio",
                    results.Against("with", "without", (with, without) => with / without), Goal.From(0.97)),
            ];
        }
        finally
        {
            Command.Stop(server);
        }
    }

    private static double Watched(Pair pair)
    {
        using var agent = new RheoAgent(NativeBinary.Rheo, pair.Server, pair.ServerDevice);
        return Throughput(pair);
    }

    private static double Throughput(Pair pair)
    {
        var json = pair.RunClient(
            "iperf3", "--client", Pair.ServerAddress, "--time", Seconds, "--omit", "1", "--json", "--affinity", $"{Core.Sender}");
        using var report = JsonDocument.Parse(json);
        return report.RootElement.GetProperty("end").GetProperty("sum_received").GetProperty("bits_per_second").GetDouble();
    }
}
