using Rheo.Journal;
using Rheo.Model;
using Rheo.Tests.Model;
using Xunit;

namespace Rheo.Tests.Journal;

/// <summary>A table that is told what happens, and another that is told by the first one's journal.</summary>
internal sealed class JournalPair
{
    private readonly List<byte[]> _frames = [];
    private readonly JournalRecorder _recorder;
    private bool _begun;

    public JournalPair(Func<string, bool>? wants = null)
    {
        Here = Flows.Table();
        There = new ConversationTable(new ConversationTableOptions { Seed = 2 });
        _recorder = new JournalRecorder(Here, index => $"if{index}", _frames.Add);
        Player = new JournalPlayer(There, Totals, wants ?? (_ => true));
    }

    public ConversationTable Here { get; }

    public ConversationTable There { get; }

    public InterfaceTotals Totals { get; } = new();

    public JournalPlayer Player { get; }

    public Ledger Ledger { get; set; } = new();

    public long Now { get; private set; } = Flows.Start;

    /// <summary>The reader comes.</summary>
    public void Begin()
    {
        foreach (var frame in _recorder.Owners())
            Player.Play(frame.AsSpan(FrameWriter.Head));
        Player.Play(_recorder.Beginning(Now, Ledger, Here.TerminatedTunnels).AsSpan(FrameWriter.Head));
        _begun = true;
    }

    /// <summary>Packets of 100 bytes each on a flow.</summary>
    public FlowRef See(FlowKey key, ObservationPoint point, ulong packets, TcpFlags flags = TcpFlags.None)
    {
        var flow = Here.Open(key, point, ++Now, flags);
        Add(flow, point, packets, flags);
        return flow;
    }

    /// <summary>More packets; false when the flow's conversation is over.</summary>
    public bool Add(FlowRef flow, ObservationPoint point, ulong packets, TcpFlags flags)
    {
        var counts = new FlowCounts(packets, 100 * packets, flags, Bit(flags, TcpFlags.Syn), Bit(flags, TcpFlags.Fin), Bit(flags, TcpFlags.Rst));
        if (!Here.Add(flow, in counts, ++Now))
            return false;
        if (_begun)
            _recorder.Counted(flow, point, TrafficClass.Tcp, in counts, Now);
        return true;
    }

    public void Reopened(FlowRef flow, long synNs)
    {
        if (_begun)
            _recorder.Reopened(flow, synNs);
        Here.Reopened(flow, synNs);
    }

    public void Established(Endpoint client, Endpoint server, long rttNs, uint retransmits = 0)
    {
        var moment = new HandshakeMoment { Client = client, Server = server, SynNs = Now - rttNs, SynAckNs = Now - 1, AckNs = Now, SynRetransmits = retransmits };
        if (_begun)
            _recorder.Established(in moment);
        Here.Established(in moment);
    }

    public void Closed(Endpoint first, Endpoint second, bool reset)
    {
        var moment = new CloseMoment(first, second, 0, ++Now, reset);
        if (_begun)
            _recorder.Closed(in moment);
        Here.Closed(in moment);
    }

    public void SetClock(long byNs)
    {
        Now += byNs;
        Here.ShiftTime(byNs);
        if (_begun)
            _recorder.ClockSet(byNs);
    }

    public void Tick(long elapsedNs = Flows.Second)
    {
        Now += elapsedNs;
        Here.Tick(Now);
        if (!_begun)
            return;
        _recorder.Scanned(Now, Ledger);
        foreach (var frame in _frames)
            Player.Play(frame.AsSpan(FrameWriter.Head));
        _frames.Clear();
    }

    public void AssertSame() => Assert.Equal(Lines(Here), Lines(There));

    public static List<byte[]> SomeFrames()
    {
        var pair = new JournalPair();
        pair.Here.Owners = new OwnerTable().Add(Flows.Client, OwnerTable.Curl).Add(Flows.Server, OwnerTable.Nginx);
        pair.Begin();
        var life = new RandomLife(pair, 5);
        var frames = new List<byte[]>();
        for (var round = 0; round < 20; round++)
        {
            life.Go();
            pair._recorder.Scanned(pair.Now, pair.Ledger);
            frames.AddRange(pair._frames.Select(frame => frame[FrameWriter.Head..]));
            pair._frames.Clear();
        }

        return frames;
    }

    private static ushort Bit(TcpFlags flags, TcpFlags flag) => (flags & flag) != 0 ? (ushort)1 : (ushort)0;

    private static string Lines(ConversationTable table) => string.Join('\n', table.All().Select(Line).Order(StringComparer.Ordinal));

    /// <summary>All but rates, and the order of paths.</summary>
    public static string Outlines(ConversationTable table) =>
        string.Join('\n', table.All().Select(one => Line(one with { Rates = default, SentPath = default, ReceivedPath = default })).Order(StringComparer.Ordinal));

    private static string Line(Conversation one) =>
        $"{one.Source}>{one.Destination} {one.Protocol} {one.Network} {one.IsFragment} {one.IcmpType}.{one.IcmpCode} {one.Vlan}.{one.InnerVlan} "
        + $"{one.Tunnel} {one.Sent} {one.Received} {one.Initiator} {one.TcpState} {one.SentFlags} {one.ReceivedFlags} {one.HandshakeRttNs} "
        + $"{one.SynRetransmits} {one.SynAckRetransmits} {one.FirstSeenNs} {one.LastSeenNs} {one.End} {one.Rates.TenSeconds.Bytes:0} "
        + $"{Path(one.SentPath)} {Path(one.ReceivedPath)} {string.Join(',', one.SourceProcesses)} {string.Join(',', one.DestinationProcesses)}";

    private static string Path(InterfacePath path) => string.Join(',', Enumerable.Range(0, path.Count).Select(at => path[at]));
}
