using Rheo.Bench.Machine;
using Rheo.Bench.Measure;
using Rheo.Bench.Observers;
using Rheo.Bench.Traffic;

namespace Rheo.Bench.Scenarios;

/// <summary>What nginx serves to wrk while the agent watches, on kept connections and with one connection a request.</summary>
internal sealed class HttpScenario : IScenario
{
    private const int LeastRounds = 9;

    public string Name => "http";

    public string What => "nginx and wrk, keep-alive and close, with the agent and without";

    public IReadOnlyList<Figure> Run(int rounds)
    {
        using var pair = Pair.Create();
        using var nginx = new Nginx(pair.Server);
        var count = Math.Max(LeastRounds, rounds);
        return [.. Measure(pair, "keep-alive", count), .. Measure(pair, "close", count)];
    }

    private IEnumerable<Figure> Measure(Pair pair, string connection, int rounds)
    {
        var results = Rounds<HttpSample>.Run(
            rounds,
            [new("without", () => Load(pair, connection)), new("with", () => Watched(pair, connection))],
            $"{Name}, {connection}");
        yield return new(
            Name, $"nginx, {connection}, without the agent", "requests/s",
            results.Of("without", one => one.RequestsPerSecond),
            Note: $"spread {results.Of("without", one => one.RequestsPerSecond).Noise:P0}");
        yield return new(
            Name, $"nginx, {connection}: requests/s with the agent, against without", "ratio",
            results.Against("with", "without", (with, without) => with.RequestsPerSecond / without.RequestsPerSecond), Goal.From(0.97));
        yield return new(Name, $"nginx, {connection}, without the agent: p99", "µs", results.Of("without", one => one.P99Us));
        yield return new(
            Name, $"nginx, {connection}: p99 with the agent, against without", "ratio",
            results.Against("with", "without", (with, without) => with.P99Us / without.P99Us), Goal.UpTo(1.05));
    }

    private static HttpSample Watched(Pair pair, string connection)
    {
        using var agent = new RheoAgent(NativeBinary.Rheo, pair.Server, pair.ServerDevice);
        return Load(pair, connection);
    }

    private static HttpSample Load(Pair pair, string connection) => HttpSample.Parse(pair.RunClient(
        "taskset", "--cpu-list", $"{Core.Sender}",
        "wrk", "--threads", "1", "--connections", "16", "--duration", "2s", "--latency",
        "--header", $"Connection: {connection}", $"http://{Pair.ServerAddress}/"));
}
