using Rheo.Model.Connections;
using Xunit;

namespace Rheo.Tests.Model.Connections;

/// <summary>Figures of a connection, and who is to blame by them.</summary>
public sealed class BlameTests
{
    private const long Millisecond = 1_000_000;

    private static readonly BlameFigures Client = new()
    {
        Role = ConnectionRole.Client, State = ConnectionState.Established, DataSegmentsSent = 1000, DataSegmentsReceived = 1000, WasEverAcked = true,
        RttNs = 2 * Millisecond,
    };

    private static readonly BlameFigures Server = Client with { Role = ConnectionRole.Server };

    private static readonly ListenQueue Queue = new()
    {
        Cookie = 1, Namespace = 2, Local = default, TimeNs = 1, Length = 5, Limit = 4, HalfOpen = 0, Drops = 9, SynAckRetransmits = 0,
    };

    public static TheoryData<string, BlameFigures, BlameParty, BlameReason> Cases => new()
    {
        { "all is well", Client, BlameParty.None, BlameReason.None },
        { "a server that is idle", Server with { PeerAnswerNs = 9_000 * Millisecond }, BlameParty.None, BlameReason.None },
        { "a client that is idle", Client with { OwnAnswerNs = 9_000 * Millisecond }, BlameParty.None, BlameReason.None },
        { "nobody listens", Client with { End = ConnectionEnd.Refused }, BlameParty.Server, BlameReason.Refused },
        { "no way", Client with { End = ConnectionEnd.Unreachable }, BlameParty.Network, BlameReason.Unreachable },
        { "no answer to the SYN", Client with { State = ConnectionState.SynSent, SynRetransmits = 2 }, BlameParty.Network, BlameReason.SynUnanswered },
        { "a SYN on its way", Client with { State = ConnectionState.SynSent, StateNs = Millisecond }, BlameParty.None, BlameReason.None },
        { "no answer at all", Client with { End = ConnectionEnd.TimedOut, WasNeverOpen = true, SynRetransmits = 6 }, BlameParty.Network, BlameReason.SynUnanswered },
        { "no answer any more", Client with { End = ConnectionEnd.TimedOut, Retransmitted = 15 }, BlameParty.Network, BlameReason.Unanswered },
        { "the server broke it off", Client with { End = ConnectionEnd.ResetReceived }, BlameParty.Server, BlameReason.Reset },
        { "the client broke it off", Server with { End = ConnectionEnd.ResetReceived }, BlameParty.Client, BlameReason.Reset },
        { "this client broke it off", Client with { End = ConnectionEnd.ResetSent }, BlameParty.Client, BlameReason.Reset },
        { "an end in order", Client with { End = ConnectionEnd.FinSent }, BlameParty.None, BlameReason.None },
        { "nobody accepts", Server with { WaitsForAccept = true, StateNs = 200 * Millisecond }, BlameParty.ServerQueue, BlameReason.NotAccepted },
        { "accepted soon", Server with { WaitsForAccept = true, StateNs = Millisecond }, BlameParty.None, BlameReason.None },
        { "the server does not read", Client with { IsSendWindowClosed = true, SendWindowClosedNs = 500 * Millisecond }, BlameParty.Server, BlameReason.WindowClosed },
        { "the client does not read", Server with { IsSendWindowClosed = true, SendWindowClosedNs = 500 * Millisecond }, BlameParty.Client, BlameReason.WindowClosed },
        { "this client does not read", Client with { Unread = 4096, UnreadNs = 500 * Millisecond }, BlameParty.Client, BlameReason.WindowClosed },
        { "segments lost on the way out", Client with { Retransmitted = 51 }, BlameParty.Network, BlameReason.Loss },
        { "segments lost on the way in", Client with { OutOfOrder = 51 }, BlameParty.Network, BlameReason.Loss },
        { "one segment lost", Client with { Retransmitted = 1, DataSegmentsSent = 20 }, BlameParty.None, BlameReason.None },
        { "few of many lost", Client with { Retransmitted = 9 }, BlameParty.None, BlameReason.None },
        { "a slow reader", Client with { BusyNs = 1000 * Millisecond, ReceiverLimitedNs = 600 * Millisecond }, BlameParty.Server, BlameReason.SlowReader },
        { "a small buffer", Client with { BusyNs = 1000 * Millisecond, BufferLimitedNs = 600 * Millisecond }, BlameParty.Client, BlameReason.SmallBuffer },
        { "a long way", Client with { RttNs = 250 * Millisecond }, BlameParty.Network, BlameReason.LongRoundTrip },
        { "the server thinks", Client with { PeerAnswerNs = 100 * Millisecond }, BlameParty.Server, BlameReason.SlowAnswer },
        { "this server thinks", Server with { OwnAnswerNs = 100 * Millisecond }, BlameParty.Server, BlameReason.SlowAnswer },
        { "loss goes before a slow answer", Client with { Retransmitted = 51, PeerAnswerNs = 300 * Millisecond }, BlameParty.Network, BlameReason.Loss },
        { "a closed window goes before loss", Client with { Retransmitted = 51, IsSendWindowClosed = true, SendWindowClosedNs = 500 * Millisecond }, BlameParty.Server, BlameReason.WindowClosed },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheFiguresNameWhoIsToBlame(string meaning, BlameFigures figures, BlameParty party, BlameReason reason)
    {
        var verdict = Blame.Of(figures);

        Assert.True((verdict.Party, verdict.Reason) == (party, reason), $"{meaning}: {verdict}");
    }

    [Fact]
    public void AFullQueueExplainsASynWithoutAnswer()
    {
        var verdict = Blame.Of(Client with { State = ConnectionState.SynSent, SynRetransmits = 2 }, listener: Queue);

        Assert.Equal(new Verdict(BlameParty.ServerQueue, BlameReason.QueueFull, 5, 4), verdict);
    }

    [Fact]
    public void AFullQueueExplainsWhatIsSentAgainToNobody()
    {
        var verdict = Blame.Of(Client with { WasEverAcked = false, Retransmitted = 4, DataSegmentsSent = 5 }, listener: Queue);

        Assert.Equal(BlameParty.ServerQueue, verdict.Party);
    }

    [Fact]
    public void TheOtherEndExplainsWhatThisOneCannotSee()
    {
        var waiting = Server with { WaitsForAccept = true, StateNs = 300 * Millisecond };

        Assert.Equal(BlameReason.NotAccepted, Blame.Of(Client, waiting).Reason);
        Assert.Equal(BlameReason.Loss, Blame.Of(Client, Server with { Retransmitted = 51 }).Reason);
        Assert.Equal(BlameReason.SlowAnswer, Blame.Of(Client, Server with { OwnAnswerNs = 100 * Millisecond }).Reason);
    }

    [Fact]
    public void AQueueWithRoomExplainsNothing()
    {
        var verdict = Blame.Of(Client with { State = ConnectionState.SynSent, SynRetransmits = 2 }, listener: Queue with { Length = 1 });

        Assert.Equal(BlameParty.Network, verdict.Party);
    }
}
