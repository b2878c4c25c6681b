using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Rheo.Bpf;
using Rheo.Model;

namespace Rheo.Capture;

/// <summary>Reads the moments of TCP connections: a handshake done, a connection closed.</summary>
internal sealed class TcpRingReader(RingBuffer ring, ConversationTable conversations, KernelTime time)
{
    private const int RecordsAhead = 12; // of a short connection there are two

    /// <summary>Hears what is told to the model; null: nobody listens.</summary>
    internal ITrafficJournal? Journal { get; set; }

    internal void Drain()
    {
        using var batch = ring.Read();
        var ahead = batch.Ahead();
        for (var records = 0; records < RecordsAhead; records++)
            SeeNext(ref ahead);
        while (batch.TryRead(out var record))
        {
            SeeNext(ref ahead);
            if (record.Length != Unsafe.SizeOf<TcpMoment>())
                continue;
            ref readonly var moment = ref MemoryMarshal.AsRef<TcpMoment>(record);
            if ((TcpMomentType)moment.Type == TcpMomentType.Established)
                Established(in moment);
            else
                Closed(in moment);
        }
    }

    private void SeeNext(ref RingOutlook ahead)
    {
        if (!ahead.TrySee(out var record) || record.Length != Unsafe.SizeOf<TcpMoment>())
            return;
        ref readonly var moment = ref MemoryMarshal.AsRef<TcpMoment>(record);
        if ((TcpMomentType)moment.Type == TcpMomentType.Established) // what it finds or makes, the end finds again
            conversations.Expect(End(in moment.Key, 0), End(in moment.Key, 1));
    }

    private void Established(ref readonly TcpMoment moment)
    {
        ref readonly var connection = ref moment.Connection;
        var client = connection.Client & 1;
        var handshake = new HandshakeMoment
        {
            Client = End(in moment.Key, client),
            Server = End(in moment.Key, 1 - client),
            TunnelId = moment.Key.TunnelId,
            SynNs = time.ToUnixNs(connection.SynNs),
            SynAckNs = time.ToUnixNs(connection.SynackNs),
            AckNs = time.ToUnixNs(connection.AckNs),
            SynRetransmits = connection.SynRetransmits,
            SynAckRetransmits = connection.SynackRetransmits,
        };
        Journal?.Established(in handshake);
        conversations.Established(in handshake);
    }

    private void Closed(ref readonly TcpMoment moment)
    {
        var close = new CloseMoment(
            End(in moment.Key, 0),
            End(in moment.Key, 1),
            moment.Key.TunnelId,
            time.ToUnixNs(moment.TimeNs),
            Reset: (TcpState)moment.Connection.State == TcpState.Reset);
        Journal?.Closed(in close);
        conversations.Closed(in close);
    }

    private static Endpoint End(ref readonly TcpKey key, int end) =>
        new(KeyReader.From(in key.Addr[end]), KeyReader.Port(key.Port[end]));
}
