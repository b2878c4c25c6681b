using System.Diagnostics;
using System.Net.Sockets;
using Rheo.Model.Connections;
using Xunit;

namespace Rheo.KernelTests.Connections;

/// <summary>
/// One connection that has a bad time: packets are lost for a while, then its reader stops. All of it is seen while it lives, as <c>ss</c> sees it.
/// </summary>
public sealed class LongConnectionTests(ITestOutputHelper output)
{
    private const int Port = 8080;
    private const int Buffer = 64 * 1024; // filled at once when the reader stops
    private const double Stopped = 3;

    /// <summary>The figure is a connection of 60 s with losses for 10 s of it; without the variable it is short.</summary>
    private static readonly double s_seconds = double.TryParse(Environment.GetEnvironmentVariable("RHEO_LONG_SECONDS"), out var seconds) ? seconds : 12;

    private readonly List<double> _ours = [];
    private readonly List<double> _theirs = [];

    [RootFact(Kernel = "5.12")]
    public void LossesAndAReaderThatStopsAreSeenAsTheyAreWhileItLives()
    {
        using var wire = WatchedWire.Create();
        var listener = wire.Listen(Port);
        listener.ReceiveBufferSize = Buffer;
        var client = wire.Connect(Port);
        using var reader = new HaltingReader(wire.Keep(listener.Accept()));
        using var talk = Talk.InBackground(() => Stream(client));
        Look(wire, s_seconds / 6);
        wire.Lose(5);
        Look(wire, s_seconds / 6);
        wire.LoseNoMore();
        Look(wire, s_seconds / 6);
        var stopped = reader.Halt(TimeSpan.FromSeconds(Stopped));
        Look(wire, (s_seconds / 2) - Stopped);
        Thread.Sleep(1500); // what was lost last is sent again

        var end = WatchedWire.Await(() => wire.ClientEnd(Port), end => end.Figures is { Unacked: 0, State: ConnectionState.Established });
        var judge = SocketStatistics.To(wire.Client, Port);
        var (ours, theirs) = (Median(_ours), Median(_theirs));
        output.WriteLine(
            $"{s_seconds} s: retransmits {end.Figures.Retransmitted} (ss {judge.Retransmits}), window closed {end.SendWindowClosedNs / 1e9:0.00} s (stopped {stopped:0.00} s), RTT median {ours:0.000} ms (ss {theirs:0.000}, {_ours.Count} looks)");
        Assert.True(judge.Retransmits > 10, $"only {judge.Retransmits} retransmits");
        Assert.InRange((int)end.Figures.Retransmitted, judge.Retransmits - 1, judge.Retransmits + 1);
        Assert.InRange((int)end.Figures.Retransmits.Total, judge.Retransmits - 1, judge.Retransmits + 1);
        Assert.InRange(end.SendWindowClosedNs / 1e9, stopped - 0.2, stopped + 0.2);
        Assert.InRange(ours, theirs * 0.9, theirs * 1.1);
    }

    // Looks at both, again and again, and at the same moments: on this wire the round trip is what the machine's other work makes it.
    private void Look(WatchedWire wire, double seconds)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed.TotalSeconds < seconds;)
        {
            var theirs = SocketStatistics.To(wire.Client, Port).RttMilliseconds;
            wire.WalkNow();
            if (wire.ClientEnd(Port) is { Figures.RttNs: > 0 } end && theirs > 0)
            {
                _ours.Add(end.Figures.RttNs / 1e6);
                _theirs.Add(theirs);
            }

            Thread.Sleep(50);
        }
    }

    // 8 MB/s, so that the machine has time for its other work; what the reader does not take keeps it.
    private static void Stream(Socket client)
    {
        var piece = new byte[16 * 1024];
        for (var watch = Stopwatch.StartNew(); watch.Elapsed.TotalSeconds < s_seconds;)
        {
            client.Send(piece);
            Thread.Sleep(2);
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
