using Rheo.Bench.Machine;
using Rheo.Bench.Measure;
using Rheo.Bench.Traffic;
using Rheo.Capture;
using Rheo.Measured;
using Rheo.Model.Connections;

namespace Rheo.Bench.Scenarios;

/// <summary>What it costs to read a hundred thousand live sockets: where nothing moved since the last time, and where all is told.</summary>
internal sealed class SocketsScenario : IScenario
{
    private const int Sockets = 100_000;
    private const int WarmUp = 3; // until the table has grown
    private const int LeastRounds = 9;

    public string Name => "sockets";

    public string What => "CPU of a walk over 100,000 live sockets, in native code: nothing moved, all told";

    public IReadOnlyList<Figure> Run(int rounds) => NativePart.IsHere ? Measure(rounds) : NativePart.Run(Name, rounds);

    private IReadOnlyList<Figure> Measure(int rounds)
    {
        using var home = NetworkNamespace.Create("sockets");
        var table = new ConnectionTable(new ConnectionTableOptions());
        using var capture = TcpCapture.Open(table);
        using var crowd = SocketCrowd.Gather(home, Sockets);
        Progress.Tell($"{Name}: {crowd.Count:N0} sockets are there");
        for (var walk = 0; walk < WarmUp; walk++)
            Walk(capture, isAll: true);
        var found = table.Count;
        var count = Math.Max(LeastRounds, rounds);
        var results = Rounds<double>.Run(
            count, [new("still", () => Walk(capture, isAll: false)), new("all", () => Walk(capture, isAll: true))], Name);
        Spread Of(string row) => results.Of(row, ms => ms * Sockets / found);
        return
        [
            new(Name, "live sockets found", "", Spread.Of([found]), Goal.From(crowd.Count)),
            new(Name, "100,000 sockets, nothing moved", "ms of CPU", Of("still"), Goal.UpTo(150)),
            new(Name, "100,000 sockets, all told", "ms of CPU", Of("all"), Goal.UpTo(150)),
        ];
    }

    private static double Walk(TcpCapture capture, bool isAll)
    {
        if (isAll)
            capture.TellAllAgain();
        var before = Environment.CpuUsage.TotalTime;
        capture.Walk();
        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
    }
}
