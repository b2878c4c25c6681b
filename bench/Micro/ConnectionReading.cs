using Rheo.Bench.Measure;
using Rheo.Capture;
using Rheo.Model;
using Rheo.Model.Connections;

namespace Rheo.Bench.Micro;

/// <summary>What the model takes for the figures of a connection, of a hundred thousand in turn, without the kernel's part.</summary>
internal static class ConnectionReading
{
    private const int Connections = 100_000;
    private const int RecordsAhead = 4; // as TcpCapture

    public static IEnumerable<Figure> Measure(string scenario, int rounds)
    {
        var records = new TcpHealth[Connections];
        for (var at = 0; at < records.Length; at++)
            Fill(ref records[at], at);
        var table = new ConnectionTable(new ConnectionTableOptions());
        var time = new TcpTime();
        time.Refresh();
        for (var warmUp = 0; warmUp < 3; warmUp++)
            Read(table, time, records);
        var results = Rounds<Work>.Run(rounds, [new("read", () => Work.Of(() => Read(table, time, records)))], $"{scenario}, connections");
        yield return new(scenario, "figures of a connection, of 100,000 in turn", "ns", results.Of("read", work => work.NsPerItem));
        yield return new(scenario, "figures of a connection: allocated", "bytes", results.Of("read", work => work.BytesPerItem), Goal.UpTo(0));
    }

    private static long Read(ConnectionTable table, TcpTime time, TcpHealth[] records)
    {
        table.BeginWalk(time.NowNs);
        for (var at = 0; at < records.Length; at++)
        {
            if (at + RecordsAhead < records.Length)
                table.Expect(records[at + RecordsAhead].Life.Cookie);
            records[at].TimeNs += 1_000_000_000;
            var figures = TcpFigures.From(in records[at], time);
            table.Read(in figures);
        }

        return records.Length;
    }

    private static void Fill(ref TcpHealth record, int at)
    {
        record.TimeNs = 1_000_000_000_000;
        record.Jiffies = 170_000;
        record.State = (byte)ConnectionState.Established;
        record.Life.Cookie = (ulong)at + 1;
        record.Life.OpenedNs = 1_000_000;
        record.Life.EstablishedNs = 1_200_000;
        record.Life.Flags = (uint)(TcpLifeFlag.Active | TcpLifeFlag.FromStart);
        record.Dport = 80;
        record.Sport = (ushort)at;
        record.BytesSent = record.BytesAcked = 100;
        record.DataSegmentsOut = record.DataSegmentsIn = 10;
        record.Srtt8us = 800;
        record.Rttvar4us = 400;
        record.MinRttUs = 50;
        record.Cwnd = 10;
        record.Mss = 1448;
        record.SendWindow = record.ReceiveWindow = 65_536;
        record.RateDelivered = 2;
        record.RateIntervalUs = 100;
    }
}
