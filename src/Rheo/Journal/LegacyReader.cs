using System.Buffers.Binary;
using Rheo.Model;
using Rheo.Model.Owners;

namespace Rheo.Journal;

/// <summary>
/// Reads what a <see cref="LegacyWriter"/> wrote. Errors: <see cref="InvalidDataException"/> where it is something else, not whole, or of
/// another version; nothing was handed on then, unless a record in the midst is wrong.
/// </summary>
/// <param name="heir">Gets it all.</param>
/// <param name="wantsSlots">The kernel's tables are the same as the writer's.</param>
internal sealed class LegacyReader(ILegacyHeir heir, bool wantsSlots)
{
    private const int MostNumbers = 1024;
    private const int MostTunnels = 1 << 20;
    private static readonly int s_ending = FrameWriter.Head + 1;

    private readonly HeardOwners _owners = new();
    private long _baseNs;

    /// <summary>Reads from the beginning of a file.</summary>
    internal void Read(Stream from)
    {
        if (!IsWhole(from))
            throw new InvalidDataException("it is not whole");
        from.Position = 0;
        while (ReadFrame(from) is { } frame)
            Read(frame);
    }

    private static bool IsWhole(Stream from)
    {
        if (from.Length < s_ending)
            return false;
        from.Position = from.Length - s_ending;
        return ReadFrame(from) is [(byte)LegacyRecord.End];
    }

    private static byte[]? ReadFrame(Stream from)
    {
        Span<byte> head = stackalloc byte[FrameWriter.Head];
        var got = from.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (got < head.Length)
            return null;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(head);
        if (length > FrameReader.Longest)
            throw new InvalidDataException($"a frame of {length} bytes");
        var frame = new byte[length];
        return from.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) == frame.Length ? frame : null;
    }

    private void Read(byte[] bytes)
    {
        var frame = new FrameReader(bytes);
        while (!frame.IsAtEnd)
            Read((LegacyRecord)frame.Byte(), ref frame);
    }

    private void Read(LegacyRecord kind, ref FrameReader frame)
    {
        switch (kind)
        {
            case LegacyRecord.Beginning:
                ReadBeginning(ref frame);
                break;
            case LegacyRecord.Tunnels:
                ReadTunnels(ref frame);
                break;
            case LegacyRecord.Flow:
                var past = FlowRecord.Read(ref frame, _baseNs, _owners);
                heir.Conversations.Inherit(new FlowLegacy(past, _baseNs + frame.Signed(), ReadTraffic(ref frame)));
                break;
            case LegacyRecord.Owners:
                _owners.Hear(ref frame);
                break;
            case LegacyRecord.OwnerSums:
                heir.Conversations.Inherit(ReadOwnerSums(ref frame));
                break;
            case LegacyRecord.Slot:
                ReadSlot(ref frame);
                break;
            case LegacyRecord.Interface:
                ReadInterface(ref frame);
                break;
            case LegacyRecord.Gone:
                _ = frame.Number(int.MaxValue);
                heir.Interfaces.AddRetired(frame.Byte() != 0, ReadClass(ref frame), ReadTraffic(ref frame));
                break;
            case LegacyRecord.Sums:
                heir.Conversations.Inherit(ReadSums(ref frame));
                break;
            case LegacyRecord.Books:
                heir.Inherit(LedgerRecord.Read(ref frame), ReadTraffic(ref frame), ReadNumbers(ref frame));
                break;
            case LegacyRecord.End:
                break;
            default:
                throw new InvalidDataException($"there is no record of kind {(byte)kind}");
        }
    }

    private void ReadBeginning(ref FrameReader frame)
    {
        var version = frame.Number();
        if (version != LegacyWriter.Version)
            throw new InvalidDataException($"it is of version {version}, and this is {LegacyWriter.Version}");
        _baseNs = frame.Signed();
        heir.Conversations.Tick(_baseNs);
    }

    // First of all: a tunnel that turned out to end here would end its conversations.
    private void ReadTunnels(ref FrameReader frame)
    {
        var tunnels = new HashSet<TunnelId>();
        for (var left = frame.Number(MostTunnels); left > 0; left--)
            tunnels.Add(FlowRecord.ReadTunnel(ref frame));
        heir.Conversations.SetTerminatedTunnels(tunnels);
    }

    private void ReadSlot(ref FrameReader frame)
    {
        var has = frame.Byte();
        var slot = new SlotPast
        {
            IsWide = (has & 1) != 0,
            IsConversation = (has & 2) != 0,
            Slot = frame.Number(int.MaxValue),
            Version = uint.CreateSaturating(frame.Number()),
            Told = ReadTraffic(ref frame),
            Syn = frame.Short(),
            Fin = frame.Short(),
            Rst = frame.Short(),
            Class = ReadClass(ref frame),
            Interface = frame.Number(int.MaxValue),
        };
        if ((has & 4) != 0)
            slot = slot with { Point = new ObservationPoint(slot.Interface, (has & 8) != 0) };
        if ((has & 16) != 0)
            slot = slot with { Flow = heir.Conversations.Resume(FlowRecord.Read(ref frame, _baseNs, _owners)) };
        if (wantsSlots)
            heir.Inherit(in slot);
    }

    private void ReadInterface(ref FrameReader frame)
    {
        var point = new ObservationPoint(frame.Number(int.MaxValue), frame.Byte() != 0);
        var kind = ReadClass(ref frame);
        var traffic = ReadTraffic(ref frame);
        heir.Interfaces.Add(heir.Interfaces.Open(point), kind, traffic.Packets, traffic.Bytes);
    }

    private static ConversationSums ReadSums(ref FrameReader frame) => new()
    {
        Ended = new ConversationTotals(frame.Number(), ReadTraffic(ref frame)),
        Other = new ConversationTotals(frame.Number(), ReadTraffic(ref frame)),
        TcpFlags = new TcpFlagTotals(frame.Number(), frame.Number(), frame.Number(), frame.Number()),
        Handshakes = frame.Number(),
        HandshakesRetransmitted = frame.Number(),
        RttCounts = ReadNumbers(ref frame),
        RttSumNs = frame.Signed(),
    };

    private static OwnerSums ReadOwnerSums(ref FrameReader frame)
    {
        var isKnown = frame.Byte() != 0;
        var named = new OwnerTraffic[frame.Number(MostNumbers)];
        for (var at = 0; at < named.Length; at++)
            named[at] = new OwnerTraffic(frame.Text(), frame.Text(), 0, ReadEndTraffic(ref frame));
        return new OwnerSums
        {
            IsKnown = isKnown,
            Named = named,
            Other = ReadEndTraffic(ref frame),
            Gone = ReadEndTraffic(ref frame),
            Unattributed = ReadEndTraffic(ref frame),
            AttributedLate = ReadEndTraffic(ref frame),
        };
    }

    private static EndTraffic ReadEndTraffic(ref FrameReader frame) => new(ReadTraffic(ref frame), ReadTraffic(ref frame));

    private static TrafficClass ReadClass(ref FrameReader frame) => (TrafficClass)frame.Number(InterfaceTotals.Classes - 1);

    private static Traffic ReadTraffic(ref FrameReader frame) => new(frame.Number(), frame.Number());

    private static ulong[] ReadNumbers(ref FrameReader frame)
    {
        var numbers = new ulong[frame.Number(MostNumbers)];
        for (var at = 0; at < numbers.Length; at++)
            numbers[at] = frame.Number();
        return numbers;
    }
}
