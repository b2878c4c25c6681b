using Rheo.Capture;
using Rheo.Model;

namespace Rheo.Agent;

/// <summary>Copies the model's sums for readers on other threads. Threads: the polling thread.</summary>
internal sealed class SnapshotTaker(ITrafficSource source, EndCounts ended)
{
    public TrafficSnapshot Take()
    {
        var table = source.Conversations;
        return new TrafficSnapshot
        {
            TimeNs = source.ScannedNs,
            Live = table.Count,
            Total = table.Total,
            Ended = ended.Copy(),
            TcpFlags = table.TcpFlags,
            Handshakes = table.Handshakes.Completed,
            HandshakesRetransmitted = table.Handshakes.Retransmitted,
            RttCounts = table.Handshakes.Rtt.Counts.ToArray(),
            RttSumSeconds = table.Handshakes.Rtt.SumSeconds,
            Interfaces = Interfaces(),
            Gone = Gone(),
            Owners = table.OwnerSums,
            Ledger = source.Ledger,
            Drops = source.Part<DropCapture>()?.Latest,
            Parts = source.Parts,
            Connections = source.Part<TcpCapture>()?.Table.Sums(),
            Sockets = source.Part<SocketCapture>()?.Health,
            Health = source.Health,
        };
    }

    private List<InterfaceTraffic> Interfaces()
    {
        var rows = new List<InterfaceTraffic>();
        foreach (var point in source.Interfaces.Points)
        {
            var name = source.InterfaceName(point.Interface);
            for (var kind = TrafficClass.Tcp; (int)kind < InterfaceTotals.Classes; kind++)
                Add(rows, new InterfaceTraffic(point.Interface, name, point.Egress, kind, source.Interfaces.At(point, kind)));
        }

        return rows;
    }

    private List<InterfaceTraffic> Gone()
    {
        var rows = new List<InterfaceTraffic>();
        for (var kind = TrafficClass.Tcp; (int)kind < InterfaceTotals.Classes; kind++)
        {
            Add(rows, new InterfaceTraffic(0, "", Egress: false, kind, source.Interfaces.Retired(egress: false, kind)));
            Add(rows, new InterfaceTraffic(0, "", Egress: true, kind, source.Interfaces.Retired(egress: true, kind)));
        }

        return rows;
    }

    private static void Add(List<InterfaceTraffic> rows, in InterfaceTraffic row)
    {
        if (row.Traffic.Packets > 0)
            rows.Add(row);
    }
}
