using Rheo.Bench.Machine;
using Rheo.Bench.Measure;
using Rheo.Bench.Observers;
using Rheo.Bench.Traffic;

namespace Rheo.Bench.Scenarios;

/// <summary>
/// What connections cost that come and go as fast as this machine makes them, client and server both on it: each has two sockets and two flows
/// here, where a server alone has one of each.
/// </summary>
internal sealed class ConnectionsScenario : IScenario
{
    /// <summary>What the agent's share of a core is told for, where the machine makes fewer.</summary>
    private const double Rate = 20_000;

    private const int LeastRounds = 9;

    /// <summary>Both CPUs are full with so many connections that are never idle; half full with so many that each wait before they ask.</summary>
    private const int Hasty = 16, Waiting = 160, WaitMs = 20;

    /// <summary>5 s: the start is not meant, nor the memory that is given back 3 s after it.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    public string Name => "connections";

    public string What => "nginx and wrk, a connection a request: requests/s with the agent, with empty programs at its hooks, and without; CPU of the agent";

    public IReadOnlyList<Figure> Run(int rounds)
    {
        using var pair = Pair.Create();
        using var nginx = new Nginx(pair.Server);
        using var hasty = new Client(pair, Hasty, 0);
        using var waiting = new Client(pair, Waiting, WaitMs);
        var results = Rounds<Sample>.Run(
            Math.Max(LeastRounds, rounds),
            [
                new("without", hasty.Run), new("bare", () => Hooked(pair, hasty)), new("with", () => Watched(pair, hasty)),
                new("waiting", waiting.Run), new("waiting, with", () => Watched(pair, waiting)),
            ],
            Name);
        return
        [
            new(Name, "nginx, close, without the agent", "connections/s", results.Of("without", one => one.PerSecond),
                Note: $"spread {results.Of("without", one => one.PerSecond).Noise:P0}"),
            new(Name, "nginx, close: connections/s with the agent, against without", "ratio",
                results.Against("with", "without", (with, without) => with.PerSecond / without.PerSecond), Goal.From(0.97)),
            new(Name, "nginx, close: connections/s with empty programs at the same hooks, against without", "ratio",
                results.Against("bare", "without", (bare, without) => bare.PerSecond / without.PerSecond), Note: "nobody reads"),
            new(Name, "nginx, close, where the CPUs are half busy, without the agent", "connections/s", results.Of("waiting", one => one.PerSecond),
                Note: $"{Waiting} connections that wait {WaitMs} ms before they ask"),
            new(Name, "the same: connections/s with the agent, against without", "ratio",
                results.Against("waiting, with", "waiting", (with, without) => with.PerSecond / without.PerSecond)),
            new(Name, "rheo agent meanwhile", "% of a core", results.Of("with", one => one.Percent), Goal.UpTo(15)),
            new(Name, "rheo agent: a connection", "µs", results.Of("with", one => one.Microseconds)),
            new(Name, $"rheo agent: {Rate:N0} connections/s", "% of a core", results.Of("with", one => one.Microseconds * Rate / 1e6 * 100), Goal.UpTo(15),
                "by the time that one takes"),
        ];
    }

    private static Sample Watched(Pair pair, Client client)
    {
        using var agent = new RheoAgent(NativeBinary.Rheo, pair.Server, pair.ServerDevice);
        Clock.Sleep(Settling);
        var (cpu, begin) = (agent.CpuNs, Clock.NowNs);
        var sample = client.Run();
        return sample with { CpuNs = agent.CpuNs - cpu, TimeNs = Clock.NowNs - begin };
    }

    private static Sample Hooked(Pair pair, Client client)
    {
        using var hooks = new BareHooks(pair.Server, pair.ServerDevice);
        return client.Run();
    }

    /// <summary>wrk, a connection a request, each of which waits before it asks.</summary>
    private sealed class Client(Pair pair, int connections, int waitMs) : IDisposable
    {
        private readonly string _script = Path.GetTempFileName();

        public Sample Run()
        {
            File.WriteAllText(_script, $"function delay() return {waitMs} end");
            string[] waits = waitMs > 0 ? ["--script", _script] : [];
            var report = pair.RunClient(
            [
                "taskset", "--cpu-list", $"{Core.Sender}",
                "wrk", "--threads", "1", "--connections", $"{connections}", "--duration", "3s", "--latency", .. waits,
                "--header", "Connection: close", $"http://{Pair.ServerAddress}/",
            ]);
            return new Sample(HttpSample.Parse(report).RequestsPerSecond, 0, 1);
        }

        public void Dispose() => File.Delete(_script);
    }

    private readonly record struct Sample(double PerSecond, long CpuNs, long TimeNs)
    {
        public double Percent => 100.0 * CpuNs / TimeNs;

        public double Microseconds => Percent / 100 / PerSecond * 1e6;
    }
}
