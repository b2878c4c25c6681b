using Rheo.Model;

namespace Rheo.Journal;

/// <summary>Moments of TCP connections as bytes.</summary>
internal static class MomentRecords
{
    public static void Write(FrameWriter frame, in HandshakeMoment moment)
    {
        frame.Record(JournalRecord.Established);
        Write(frame, moment.Client);
        Write(frame, moment.Server);
        frame.Number(moment.TunnelId);
        frame.Signed(moment.SynNs);
        frame.Signed(moment.SynAckNs);
        frame.Signed(moment.AckNs);
        frame.Number(moment.SynRetransmits);
        frame.Number(moment.SynAckRetransmits);
    }

    public static void Write(FrameWriter frame, in CloseMoment moment)
    {
        frame.Record(JournalRecord.Closed);
        Write(frame, moment.First);
        Write(frame, moment.Second);
        frame.Number(moment.TunnelId);
        frame.Signed(moment.TimeNs);
        frame.Byte(moment.Reset ? (byte)1 : (byte)0);
    }

    public static HandshakeMoment ReadHandshake(ref FrameReader frame) => new()
    {
        Client = ReadEnd(ref frame),
        Server = ReadEnd(ref frame),
        TunnelId = uint.CreateSaturating(frame.Number()),
        SynNs = frame.Signed(),
        SynAckNs = frame.Signed(),
        AckNs = frame.Signed(),
        SynRetransmits = uint.CreateSaturating(frame.Number()),
        SynAckRetransmits = uint.CreateSaturating(frame.Number()),
    };

    public static CloseMoment ReadClose(ref FrameReader frame) => new(
        ReadEnd(ref frame), ReadEnd(ref frame), uint.CreateSaturating(frame.Number()), frame.Signed(), Reset: frame.Byte() != 0);

    private static void Write(FrameWriter frame, Endpoint end)
    {
        frame.Address(end.Address, isIPv4: false);
        frame.Number(end.Port);
    }

    private static Endpoint ReadEnd(ref FrameReader frame) => new(frame.Address(isIPv4: false), frame.Short());
}
