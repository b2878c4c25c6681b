using Rheo.Capture;
using Rheo.Model.Connections;
using Xunit;

namespace Rheo.Tests.Capture;

/// <summary>Records of the tcp object, made into readings of a connection.</summary>
public sealed class TcpRecordTests
{
    private const ulong Second = 1_000_000_000;
    private const uint Hz = 250;

    private readonly TcpTime _time = new();

    public TcpRecordTests() => _time.Refresh();

    [Theory]
    [InlineData(100, 10)]
    [InlineData(250, 10)]
    [InlineData(250, 3600)]
    [InlineData(300, 3600)]
    [InlineData(1000, 86_400)]
    [InlineData(1000, 5_000_000)] // jiffies have gone round once and more
    public void TheTickOfTheKernelIsReadFromItsTwoClocks(int hz, long seconds)
    {
        var jiffies = (uint)((seconds - 300) * hz);

        Assert.Equal(hz, TcpTime.HzOf(jiffies, seconds));
        Assert.Equal(hz, KernelTime.HzOf(new KernelClock { Jiffies = (ulong)((1L << 32) + ((seconds - 300) * hz)), MonotonicNs = (ulong)seconds * Second }));
    }

    [Theory]
    [InlineData(1000u, 1000u, 1)]
    [InlineData(1000u, 999u, 2)]
    [InlineData(1000u, 1001u, 1)] // told after the clock was read
    [InlineData(2u, 0xffff_fffeu, 5)] // the low 32 bits have gone round
    [InlineData(0x8000_0000u, 1u, 0x8000_0000L)] // 24 days at 1000 Hz
    public void AMomentIsNeverTakenForLaterThanItWas(uint now, uint then, long jiffies) => Assert.Equal(jiffies, KernelTime.Ago(now, then));

    [Fact]
    public void RetransmissionsKeepTheirCauses()
    {
        var health = Health();
        for (var cause = 0; cause < 5; cause++)
            health.Life.Retransmits[cause] = 10 + (uint)cause;

        var figures = TcpFigures.From(in health, _time);

        Assert.Equal(new RetransmitCounts(Timeout: 10, Fast: 11, Probe: 12, Syn: 13, SynAck: 14), figures.Retransmits);
    }

    [Theory]
    [InlineData(ConnectionState.Established, 5, 5)]
    [InlineData(ConnectionState.CloseWait, 5, 4)] // the kernel counts a FIN as a byte
    [InlineData(ConnectionState.CloseWait, 0, 0)]
    [InlineData(ConnectionState.LastAck, 1, 0)]
    public void AFinIsNothingThatAProcessHasNotRead(ConnectionState state, uint told, uint unread)
    {
        var health = Health() with { State = (byte)state, Unread = told };

        Assert.Equal(unread, TcpFigures.From(in health, _time).Unread);
    }

    [Theory]
    [InlineData(ConnectionState.FinWait2, ConnectionEnd.FinSent, 1, 0)]
    [InlineData(ConnectionState.LastAck, ConnectionEnd.FinReceived, 5, 4)]
    [InlineData(ConnectionState.Closing, ConnectionEnd.FinSent, 1, 0)]
    [InlineData(ConnectionState.CloseWait, ConnectionEnd.ResetReceived, 5, 4)]
    [InlineData(ConnectionState.Established, ConnectionEnd.ResetReceived, 5, 5)]
    [InlineData(ConnectionState.FinWait2, ConnectionEnd.ResetReceived, 5, 5)] // no FIN came
    public void OfOneThatEndedTheStateBeforeTellsWhetherAFinCame(ConnectionState before, ConnectionEnd end, uint told, uint unread)
    {
        var health = Health() with { State = (byte)ConnectionState.Closed, OldState = (byte)before, End = (byte)end, Unread = told };

        Assert.Equal(unread, TcpFigures.From(in health, _time).Unread);
    }

    [Theory]
    [InlineData(TcpLifeFlag.Active, ConnectionRole.Client)]
    [InlineData(TcpLifeFlag.Passive, ConnectionRole.Server)]
    [InlineData(TcpLifeFlag.NoProcess, ConnectionRole.Unknown)]
    public void WhoOpenedItIsItsRole(TcpLifeFlag flag, ConnectionRole role)
    {
        var health = Health();
        health.Life.Flags = (uint)flag;

        Assert.Equal(role, TcpFigures.From(in health, _time).Role);
    }

    [Fact]
    public void TimesComeInTheUnitsOfTheModel()
    {
        var health = Health() with
        {
            Srtt8us = 8 * 1500,
            Rttvar4us = 4 * 250,
            MinRttUs = 1200,
            RtoJiffies = Hz / 5,
            BusyJiffies = Hz,
            ReceiverLimitedJiffies = 2 * Hz,
            BufferLimitedJiffies = 3 * Hz,
            DataSegmentsOut = 1,
        };
        health.LastSentJiffies = health.Jiffies - Hz;

        var figures = TcpFigures.From(in health, _time);

        Assert.Equal((1_500_000, 250_000, 1_200_000, 200_000_000), (figures.RttNs, figures.RttVarianceNs, figures.LeastRttNs, figures.TimeoutNs));
        // The kernel keeps the three apart; "busy" is all of them.
        Assert.Equal((6L, 2L, 3L), (figures.BusyNs / (long)Second, figures.ReceiverLimitedNs / (long)Second, figures.BufferLimitedNs / (long)Second));
        Assert.Equal((long)Second, figures.TimeNs - figures.LastSentNs);
        Assert.Equal(0, figures.LastReceivedNs); // nothing came yet
    }

    [Fact]
    public void WhatKeepsTheSenderNowIsCountedUpToTheReading()
    {
        var health = Health() with { Span = (byte)LimitSpan.Receiver, ReceiverLimitedJiffies = Hz };
        health.SpanJiffies = health.Jiffies - (2 * Hz);

        var figures = TcpFigures.From(in health, _time);

        Assert.Equal((3L, 3L, 0L), (figures.ReceiverLimitedNs / (long)Second, figures.BusyNs / (long)Second, figures.BufferLimitedNs));
        Assert.Equal(2L * (long)Second, figures.TimeNs - figures.SpanSinceNs);
    }

    [Fact]
    public void WhatIsNotKnownIsNoFigure()
    {
        var health = Health() with { MinRttUs = uint.MaxValue, Ssthresh = 0x7fff_ffff, RateDelivered = 5, RateIntervalUs = 0 };

        var figures = TcpFigures.From(in health, _time);

        Assert.Equal((0L, null, 0d), (figures.LeastRttNs, figures.SlowStartThreshold, figures.DeliveryRate));
    }

    [Fact]
    public void ATickThatWasGuessedWhereAllLookAlikeIsLearntLater()
    {
        var start = Health() with { TimeNs = 300 * Second, Jiffies = 0 };
        var later = Health() with { Jiffies = 3300 * 1000, RtoJiffies = 200 };

        TcpFigures.From(in start, _time);

        Assert.Equal(200_000_000, TcpFigures.From(in later, _time).TimeoutNs);
    }

    [Fact]
    public void ReadingARecordAllocatesNothing()
    {
        var health = Health();
        TcpFigures.From(in health, _time);

        Assert.Equal(0, Allocated.By(() => TcpFigures.From(in health, _time)));
    }

    // An hour after the machine's start.
    private static TcpHealth Health() => new() { TimeNs = 3600 * Second, Jiffies = 3300 * Hz, State = (byte)ConnectionState.Established };
}
