using System.Diagnostics;
using Rheo.Capture;
using Rheo.KernelTests.Links;
using Rheo.KernelTests.Owners;
using Rheo.Model.Connections;
using Xunit;

namespace Rheo.KernelTests.Connections;

/// <summary>A network namespace that goes while its connections are watched.</summary>
public sealed class GoneNamespaceTests
{
    [RootFact(Kernel = "5.12")]
    public void ItsConnectionsAndListenersEndWithIt()
    {
        var table = new ConnectionTable(new ConnectionTableOptions());
        using var capture = TcpCapture.Open(table);
        int port;
        var (left, right) = TestNamespace.CreatePair();
        using (left)
        using (right)
        {
            using var server = Actor.StartIn(right.Name, "served", "0.0.0.0");
            port = server.Port;
            using var client = Actor.StartIn(left.Name, "connected", "10.9.9.2", port.ToString());
            Assert.NotEqual(0, client.Local.Port);
            Assert.Equal((2, 1), Await(table, capture, port, (2, 1)));
        }

        Assert.Equal((0, 0), Await(table, capture, port, (0, 0)));
    }

    // Ends that live, and listeners, at a port; as wanted, or as they are after ten seconds.
    private static (int Ends, int Queues) Await(ConnectionTable table, TcpCapture capture, int port, (int, int) wanted)
    {
        for (var watch = Stopwatch.StartNew(); ; Thread.Sleep(100))
        {
            capture.Walk();
            var now = table.Snapshot(capture.NowNs);
            var found = (now.Connections.Count(end => !end.IsEnded && (end.Figures.Local.Port == port || end.Figures.Remote.Port == port) && end.Figures.Local.Address.ToString().StartsWith("10.9.9.", StringComparison.Ordinal)),
                now.Queues.Count(queue => queue.Local.Port == port));
            if (found == wanted || watch.Elapsed > TimeSpan.FromSeconds(10))
                return found;
        }
    }
}
