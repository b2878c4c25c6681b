using Rheo.Model;

namespace Rheo.Journal;

/// <summary>Writes down what the capture tells. Threads: the polling thread.</summary>
/// <param name="conversations">The table that the capture tells.</param>
/// <param name="nameOf">Names of interfaces.</param>
/// <param name="publish">Takes each frame when it is full, and at the end of each scan.</param>
internal sealed class JournalRecorder(ConversationTable conversations, Func<int, string> nameOf, Action<byte[]> publish) : ITrafficJournal
{
    /// <summary>A frame is sent at this size: below what the garbage collector takes for large.</summary>
    private const int FrameSize = 48 * 1024;

    private readonly FrameWriter _frame = new();
    private readonly Dictionary<int, string> _named = [];
    private readonly ToldOwners _owners = new();
    private long _baseNs;

    /// <summary>How many scans were written.</summary>
    public ulong Scans { get; private set; }

    /// <summary>Names told so far, and from now on told to everybody when they change.</summary>
    public IReadOnlyDictionary<int, string> Named => _named;

    /// <summary>Learns the names that a new reader is to be told at once.</summary>
    public void Learn(IEnumerable<int> interfaces)
    {
        foreach (var index in interfaces)
            _named[index] = nameOf(index);
    }

    public void Counted(FlowRef flow, ObservationPoint point, TrafficClass kind, in FlowCounts counts, long lastSeenNs)
    {
        TellName(point.Interface);
        if (!flow.IsSet || !conversations.TryRecall(flow, out var past))
        {
            WriteOther(point, kind, in counts);
            return;
        }

        _owners.Tell(_frame, past.Sender, past.Receiver);
        _frame.Record(JournalRecord.Flow);
        _frame.Number(flow.Number);
        FlowRecord.Write(_frame, in past, _baseNs, _owners);
        _frame.Byte((byte)kind);
        _frame.Number(counts.Packets);
        _frame.Number(counts.Bytes);
        _frame.Number((ulong)counts.TcpFlags);
        _frame.Number(counts.Syn);
        _frame.Number(counts.Fin);
        _frame.Number(counts.Rst);
        _frame.Signed(lastSeenNs - _baseNs);
        PublishIfFull();
    }

    public void Reopened(FlowRef flow, long synNs)
    {
        if (!flow.IsSet || !conversations.TryRecall(flow, out var past))
            return;
        _owners.Tell(_frame, past.Sender, past.Receiver);
        _frame.Record(JournalRecord.Reopened);
        _frame.Number(flow.Number);
        FlowRecord.Write(_frame, in past, _baseNs, _owners);
        _frame.Signed(synNs);
    }

    public void Established(in HandshakeMoment moment)
    {
        MomentRecords.Write(_frame, in moment);
        PublishIfFull();
    }

    public void Closed(in CloseMoment moment)
    {
        MomentRecords.Write(_frame, in moment);
        PublishIfFull();
    }

    public void ClockSet(long byNs)
    {
        _frame.Record(JournalRecord.ClockSet);
        _frame.Signed(byNs);
        _baseNs += byNs;
    }

    public void TunnelsChanged(IReadOnlySet<TunnelId> terminated) => WriteTunnels(_frame, terminated);

    public void Retired(int interfaceIndex)
    {
        _named.Remove(interfaceIndex);
        _frame.Record(JournalRecord.Retired);
        _frame.Number((uint)interfaceIndex);
    }

    /// <summary>Something that a reader should hear of.</summary>
    public void Warn(string line)
    {
        _frame.Record(JournalRecord.Warning);
        _frame.Text(line.Length > 500 ? line[..500] : line);
    }

    /// <summary>A scan is complete: what was written goes out.</summary>
    public void Scanned(long timeNs, Ledger ledger)
    {
        Scans++;
        foreach (var index in _named.Keys.Where(index => _named[index] != nameOf(index)).ToArray())
            WriteName(index);
        WriteOwnerNews();
        WriteScan(_frame, Scans, timeNs, ledger);
        publish(_frame.Take());
        _baseNs = timeNs;
    }

    /// <summary>What a new reader has not heard: whom the numbers of owners stand for.</summary>
    public IEnumerable<byte[]> Owners() => _owners.Frames(FrameSize);

    /// <summary>The state from which a new reader begins to count, as a frame of its own.</summary>
    public byte[] Beginning(long timeNs, Ledger ledger, IReadOnlySet<TunnelId> terminated)
    {
        var frame = new FrameWriter();
        WriteTunnels(frame, terminated);
        WriteScan(frame, Scans, timeNs, ledger);
        _baseNs = timeNs;
        return frame.Take();
    }

    /// <summary>Nobody reads any more: what was not sent yet is none of the next reader's business.</summary>
    public void Forget() => _frame.Clear();

    /// <summary>The last frame of a stream.</summary>
    public static byte[] End(string reason)
    {
        var frame = new FrameWriter();
        frame.Record(JournalRecord.End);
        frame.Text(reason);
        return frame.Take();
    }

    private static void WriteTunnels(FrameWriter frame, IReadOnlySet<TunnelId> terminated)
    {
        frame.Record(JournalRecord.Tunnels);
        frame.Number((ulong)terminated.Count);
        foreach (var tunnel in terminated)
        {
            frame.Byte((byte)tunnel.Kind);
            frame.Number(tunnel.Id);
        }
    }

    private static void WriteScan(FrameWriter frame, ulong number, long timeNs, Ledger ledger)
    {
        frame.Record(JournalRecord.Scanned);
        frame.Number(number);
        frame.Signed(timeNs);
        LedgerRecord.Write(frame, ledger);
    }

    // Of what was told in this scan the owners may have been found only after it.
    private void WriteOwnerNews()
    {
        foreach (var known in conversations.TakeOwnerNews())
        {
            _owners.Tell(_frame, known.Sender, known.Receiver);
            _frame.Record(JournalRecord.Owned);
            _frame.Number(known.Flow.Number);
            _frame.Number(_owners.NumberOf(known.Sender));
            _frame.Number(_owners.NumberOf(known.Receiver));
            PublishIfFull();
        }
    }

    private void WriteOther(ObservationPoint point, TrafficClass kind, in FlowCounts counts)
    {
        _frame.Record(JournalRecord.Other);
        _frame.Number((uint)point.Interface);
        _frame.Byte(point.Egress ? (byte)1 : (byte)0);
        _frame.Byte((byte)kind);
        _frame.Number(counts.Packets);
        _frame.Number(counts.Bytes);
        PublishIfFull();
    }

    private void TellName(int index)
    {
        if (!_named.ContainsKey(index))
            WriteName(index);
    }

    private void WriteName(int index)
    {
        var name = _named[index] = nameOf(index);
        _frame.Record(JournalRecord.Interface);
        _frame.Number((uint)index);
        _frame.Text(name);
    }

    private void PublishIfFull()
    {
        if (_frame.Written >= FrameSize)
            publish(_frame.Take());
    }
}
