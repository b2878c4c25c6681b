using System.Collections.Concurrent;
using Rheo.Model;

namespace Rheo.Journal;

/// <summary>
/// Plays frames into a table. Errors: <see cref="InvalidDataException"/> where a frame is not what a recorder writes.
/// Threads: one; <see cref="InterfaceName"/> from any.
/// </summary>
/// <param name="conversations">What the flows become.</param>
/// <param name="totals">What the interfaces carried.</param>
/// <param name="wants">Which interfaces, by name; the others' traffic is passed over, as if they were not watched.</param>
internal sealed class JournalPlayer(ConversationTable conversations, InterfaceTotals totals, Func<string, bool> wants)
{
    // More than any interface counts in a scan; a number beyond would keep the table busy for ever.
    private const ulong MostPackets = 1UL << 40;
    private const int MostTunnels = 1 << 20;

    private readonly ConcurrentDictionary<int, string> _names = [];
    private readonly Dictionary<int, bool> _wanted = [];
    private readonly KnownFlows _flows = new(conversations);
    private readonly HeardOwners _owners = new();
    private Ledger? _before;
    private long _baseNs;

    /// <summary>The number of the last scan that was played.</summary>
    public ulong Scans { get; private set; }

    /// <summary>The time of the last scan that was played.</summary>
    public long ScannedNs { get; private set; }

    /// <summary>The books since the first scan.</summary>
    public Ledger Ledger { get; private set; } = Ledger.Empty;

    /// <summary>Warnings in the order they came.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>Why nothing follows; null while more may come.</summary>
    public string? Ended { get; private set; }

    public string InterfaceName(int index) => _names.TryGetValue(index, out var name) ? name : $"if{index}";

    public void Name(int index, string name)
    {
        _names[index] = name;
        _wanted[index] = wants(name);
    }

    /// <summary>Plays one frame, without its length.</summary>
    public void Play(ReadOnlySpan<byte> bytes)
    {
        var frame = new FrameReader(bytes);
        while (!frame.IsAtEnd)
            Play(frame.Record(), ref frame);
    }

    private void Play(JournalRecord kind, ref FrameReader frame)
    {
        switch (kind)
        {
            case JournalRecord.Flow:
                PlayFlow(ref frame);
                break;
            case JournalRecord.Other:
                PlayOther(ref frame);
                break;
            case JournalRecord.Reopened:
                PlayReopened(ref frame);
                break;
            case JournalRecord.Established:
                conversations.Established(MomentRecords.ReadHandshake(ref frame));
                break;
            case JournalRecord.Closed:
                conversations.Closed(MomentRecords.ReadClose(ref frame));
                break;
            case JournalRecord.Tunnels:
                PlayTunnels(ref frame);
                break;
            case JournalRecord.Interface:
                Name(frame.Number(int.MaxValue), frame.Text());
                break;
            case JournalRecord.ClockSet:
                PlayClock(frame.Signed());
                break;
            case JournalRecord.Retired:
                totals.Retire(frame.Number(int.MaxValue));
                break;
            case JournalRecord.Warning:
                Warnings.Add(frame.Text());
                break;
            case JournalRecord.Scanned:
                PlayScan(ref frame);
                break;
            case JournalRecord.Owners:
                _owners.Hear(ref frame);
                break;
            case JournalRecord.Owned:
                _flows.Own(frame.Number(), _owners.Read(ref frame), _owners.Read(ref frame));
                break;
            case JournalRecord.End:
                Ended = frame.Text();
                break;
            default:
                throw new InvalidDataException($"there is no record of kind {(byte)kind}");
        }
    }

    private void PlayFlow(ref FrameReader frame)
    {
        var number = frame.Number();
        var past = FlowRecord.Read(ref frame, _baseNs, _owners);
        var kind = ReadClass(ref frame);
        var counts = ReadTraffic(ref frame);
        var flags = (TcpFlags)frame.Short();
        var (syn, fin, rst) = (frame.Short(), frame.Short(), frame.Short());
        var lastSeenNs = _baseNs + frame.Signed();
        if (!IsWanted(past.Point.Interface))
            return;
        totals.Add(totals.Open(past.Point), kind, counts.Packets, counts.Bytes);
        conversations.Add(_flows.Open(number, in past), new FlowCounts(counts.Packets, counts.Bytes, flags, syn, fin, rst), lastSeenNs);
    }

    private void PlayOther(ref FrameReader frame)
    {
        var point = new ObservationPoint(frame.Number(int.MaxValue), frame.Byte() != 0);
        var kind = ReadClass(ref frame);
        var counts = ReadTraffic(ref frame);
        if (IsWanted(point.Interface))
            totals.Add(totals.Open(point), kind, counts.Packets, counts.Bytes);
    }

    private void PlayReopened(ref FrameReader frame)
    {
        var number = frame.Number();
        var past = FlowRecord.Read(ref frame, _baseNs, _owners);
        var synNs = frame.Signed();
        if (IsWanted(past.Point.Interface))
            conversations.Reopened(_flows.Open(number, in past), synNs);
    }

    private void PlayTunnels(ref FrameReader frame)
    {
        var tunnels = new HashSet<TunnelId>();
        for (var left = frame.Number(MostTunnels); left > 0; left--)
            tunnels.Add(FlowRecord.ReadTunnel(ref frame));
        conversations.SetTerminatedTunnels(tunnels);
    }

    private void PlayClock(long byNs)
    {
        conversations.ShiftTime(byNs);
        _baseNs += byNs;
    }

    private void PlayScan(ref FrameReader frame)
    {
        Scans = frame.Number();
        ScannedNs = _baseNs = frame.Signed();
        var books = LedgerRecord.Read(ref frame);
        Ledger = LedgerRecord.Since(books, _before ??= books);
        conversations.Tick(ScannedNs);
        _flows.Tidy();
    }

    private bool IsWanted(int index) => _wanted.TryGetValue(index, out var wanted) ? wanted : wants(InterfaceName(index));

    private static TrafficClass ReadClass(ref FrameReader frame) => (TrafficClass)frame.Number(InterfaceTotals.Classes - 1);

    private static Traffic ReadTraffic(ref FrameReader frame)
    {
        var traffic = new Traffic(frame.Number(), frame.Number());
        return traffic.Packets <= MostPackets ? traffic : throw new InvalidDataException($"{traffic.Packets} packets in one scan");
    }
}
