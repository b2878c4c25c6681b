using Rheo.Model;
using Rheo.Model.Owners;

namespace Rheo.Journal;

/// <summary>Writes all that a capture has counted, for the version of the program that goes on in its place. Threads: one.</summary>
internal sealed class LegacyWriter
{
    /// <summary>Who reads another begins anew. Flows are written as in the journal, so that its version is part of it.</summary>
    internal const int Version = (JournalHello.CurrentVersion << 8) | 1;

    private const int FrameSize = 48 * 1024;

    private readonly FrameWriter _frame = new();
    private readonly ToldOwners _owners = new();
    private readonly Stream _into;
    private readonly long _baseNs;

    internal LegacyWriter(Stream into, long nowNs)
    {
        (_into, _baseNs) = (into, nowNs);
        Record(LegacyRecord.Beginning);
        _frame.Number(Version);
        _frame.Signed(nowNs);
        Flush(); // alone, so that every version can read it
    }

    /// <summary>The conversations; afterwards their sums. Before the slots, which name them.</summary>
    internal void Write(ConversationTable conversations)
    {
        Record(LegacyRecord.Tunnels);
        _frame.Number((ulong)conversations.TerminatedTunnels.Count);
        foreach (var tunnel in conversations.TerminatedTunnels)
        {
            _frame.Byte((byte)tunnel.Kind);
            _frame.Number(tunnel.Id);
        }

        var flows = conversations.Bequeath(_baseNs);
        Write(conversations.OwnerSums);
        foreach (var flow in flows)
            Write(in flow);
        Write(conversations.Sums);
    }

    /// <summary>What was told of a slot.</summary>
    internal void Write(in SlotPast slot, ConversationTable conversations)
    {
        var knows = conversations.TryRecall(slot.Flow, out var past);
        if (knows)
            _owners.Tell(_frame, past.Sender, past.Receiver);
        Record(LegacyRecord.Slot);
        _frame.Byte((byte)((slot.IsWide ? 1 : 0) | (slot.IsConversation ? 2 : 0) | (slot.Point is null ? 0 : 4) | (slot.Point is { Egress: true } ? 8 : 0) | (knows ? 16 : 0)));
        _frame.Number((uint)slot.Slot);
        _frame.Number(slot.Version);
        Write(slot.Told);
        _frame.Number(slot.Syn);
        _frame.Number(slot.Fin);
        _frame.Number(slot.Rst);
        _frame.Byte((byte)slot.Class);
        _frame.Number((uint)slot.Interface);
        if (knows)
            FlowRecord.Write(_frame, in past, _baseNs, _owners);
        FlushIfFull();
    }

    internal void Write(InterfaceTotals totals)
    {
        for (var kind = TrafficClass.Tcp; (int)kind < InterfaceTotals.Classes; kind++)
        {
            foreach (var point in totals.Points)
                Write(LegacyRecord.Interface, point.Interface, point.Egress, kind, totals.At(point, kind));
            Write(LegacyRecord.Gone, 0, egress: false, kind, totals.Retired(egress: false, kind));
            Write(LegacyRecord.Gone, 0, egress: true, kind, totals.Retired(egress: true, kind));
        }
    }

    /// <summary>The books, what was told of what they count as lost, and conversations that ended, by reason.</summary>
    internal void Write(Ledger ledger, Traffic toldAndLost, IReadOnlyList<ulong> ended)
    {
        Record(LegacyRecord.Books);
        LedgerRecord.Write(_frame, ledger);
        Write(toldAndLost);
        Write(ended);
    }

    /// <summary>Nothing follows.</summary>
    internal void End()
    {
        Flush();
        Record(LegacyRecord.End);
        Flush();
        _into.Flush();
    }

    private void Write(in FlowLegacy flow)
    {
        var past = flow.Past;
        _owners.Tell(_frame, past.Sender, past.Receiver);
        Record(LegacyRecord.Flow);
        FlowRecord.Write(_frame, in past, _baseNs, _owners);
        _frame.Signed(flow.LastSeenNs - _baseNs);
        Write(flow.Carried);
        FlushIfFull();
    }

    private void Write(OwnerSums sums)
    {
        Record(LegacyRecord.OwnerSums);
        _frame.Byte(sums.IsKnown ? (byte)1 : (byte)0);
        _frame.Number((ulong)sums.Named.Count);
        foreach (var owner in sums.Named)
        {
            _frame.Text(owner.Process);
            _frame.Text(owner.Container);
            Write(owner.Traffic);
        }

        Write(sums.Other);
        Write(sums.Gone);
        Write(sums.Unattributed);
        Write(sums.AttributedLate);
        FlushIfFull();
    }

    private void Write(EndTraffic traffic)
    {
        Write(traffic.Sent);
        Write(traffic.Received);
    }

    private void Write(ConversationSums sums)
    {
        Record(LegacyRecord.Sums);
        _frame.Number(sums.Ended.Conversations);
        Write(sums.Ended.Traffic);
        _frame.Number(sums.Other.Conversations);
        Write(sums.Other.Traffic);
        _frame.Number(sums.TcpFlags.Syn);
        _frame.Number(sums.TcpFlags.SynAck);
        _frame.Number(sums.TcpFlags.Fin);
        _frame.Number(sums.TcpFlags.Rst);
        _frame.Number(sums.Handshakes);
        _frame.Number(sums.HandshakesRetransmitted);
        Write(sums.RttCounts);
        _frame.Signed(sums.RttSumNs);
    }

    private void Write(LegacyRecord record, int index, bool egress, TrafficClass kind, Traffic traffic)
    {
        if (traffic == default)
            return;
        Record(record);
        _frame.Number((uint)index);
        _frame.Byte(egress ? (byte)1 : (byte)0);
        _frame.Byte((byte)kind);
        Write(traffic);
        FlushIfFull();
    }

    private void Write(Traffic traffic)
    {
        _frame.Number(traffic.Packets);
        _frame.Number(traffic.Bytes);
    }

    private void Write(IReadOnlyList<ulong> numbers)
    {
        _frame.Number((ulong)numbers.Count);
        foreach (var number in numbers)
            _frame.Number(number);
    }

    private void Record(LegacyRecord kind) => _frame.Byte((byte)kind);

    private void FlushIfFull()
    {
        if (_frame.Written >= FrameSize)
            Flush();
    }

    private void Flush()
    {
        if (_frame.Written > 0)
            _into.Write(_frame.Take());
    }
}
