using System.Runtime.InteropServices;
using Rheo.Bpf;
using Rheo.Capture;
using Rheo.KernelTests.EndToEnd;
using Rheo.Packets;
using Xunit;

namespace Rheo.KernelTests.Flow;

/// <summary>What the flow object tells of a TCP connection, packet by packet.</summary>
public sealed class HandshakeMomentTests : IDisposable
{
    private const ushort ClientPort = 40_000;
    private const ushort ServerPort = 80;

    private readonly PinnedThread _pinned = PinnedThread.ToOneCpu(); // the slots of one CPU
    private readonly FlowProbe _probe = Environment.IsPrivilegedProcess ? FlowProbe.Load() : null!;
    private readonly RingBuffer _ring;

    public HandshakeMomentTests() => _ring = _probe?.Flow.Maps.OpenTcpRing()!;

    public void Dispose()
    {
        _ring?.Dispose();
        _probe?.Dispose();
        _pinned.Dispose();
    }

    [RootFact]
    public void AConnectionIsToldWhenItOpensAndWhenItIsOverAndThenForgotten()
    {
        Open();
        Assert.Equal([TcpMomentType.Established], Moments());
        Assert.Equal(1, Remembered);

        FromClient(TcpFlags.Ack | TcpFlags.Psh, payload: 100);
        FromServer(TcpFlags.Ack | TcpFlags.Psh, payload: 100);
        FromServer(TcpFlags.Ack | TcpFlags.Fin);
        Assert.Empty(Moments());
        FromClient(TcpFlags.Ack | TcpFlags.Fin);
        Assert.Equal([TcpMomentType.Closed], Moments());
        Assert.Equal(0, Remembered);
    }

    [RootFact]
    public void WhatComesAfterTheEndTellsNothing()
    {
        Open();
        FromServer(TcpFlags.Ack | TcpFlags.Fin);
        FromClient(TcpFlags.Ack | TcpFlags.Fin);
        Moments();

        FromServer(TcpFlags.Ack);
        FromClient(TcpFlags.Ack | TcpFlags.Fin);
        FromServer(TcpFlags.Rst);
        Assert.Empty(Moments());
        Assert.Equal(0, Remembered);
    }

    [RootFact]
    public void DataMayCarryTheAckOfTheHandshake()
    {
        FromClient(TcpFlags.Syn);
        FromServer(TcpFlags.Syn | TcpFlags.Ack);
        FromClient(TcpFlags.Ack | TcpFlags.Psh, payload: 100);

        Assert.Equal([TcpMomentType.Established], Moments());
    }

    [RootFact]
    public void AConnectionThatBothEndsOpenAtOnceIsTold()
    {
        FromClient(TcpFlags.Syn);
        FromServer(TcpFlags.Syn);
        FromClient(TcpFlags.Syn | TcpFlags.Ack);
        FromServer(TcpFlags.Syn | TcpFlags.Ack);
        FromClient(TcpFlags.Ack | TcpFlags.Psh, payload: 100);

        Assert.Equal([TcpMomentType.Established], Moments());
    }

    [RootFact]
    public void ATupleIsUsedAgainAfterAConnectionThatWentWithoutAWord()
    {
        Open();
        Open();

        Assert.Equal([TcpMomentType.Established, TcpMomentType.Established], Moments());
    }

    [RootFact]
    public void AnAttemptOfAnHourAgoThatNobodyAnsweredIsNotThisConnections()
    {
        FromClient(TcpFlags.Syn);
        var map = _probe.Flow.Maps.TcpConnections;
        var key = map.Keys().Single();
        Assert.True(map.TryGet(key, out var old));
        var now = old.SynNs;
        old.SynNs -= 3_600_000_000_000;
        map.Set(key, old);

        Open();

        Assert.Equal([TcpMomentType.Established], Moments());
        Assert.True(map.TryGet(key, out var fresh));
        Assert.Equal(0u, fresh.SynRetransmits);
        Assert.True(fresh.SynNs >= now);
    }

    private int Remembered => _probe.Flow.Maps.TcpConnections.Keys().Count();

    private void Open()
    {
        FromClient(TcpFlags.Syn);
        FromServer(TcpFlags.Syn | TcpFlags.Ack);
        FromClient(TcpFlags.Ack);
    }

    private void FromClient(TcpFlags flags, int payload = 0) =>
        See(Frame.Ethernet().Ip4("192.0.2.1", "192.0.2.2").Tcp(ClientPort, ServerPort, flags).Payload(payload));

    private void FromServer(TcpFlags flags, int payload = 0) =>
        See(Frame.Ethernet().Ip4("192.0.2.2", "192.0.2.1").Tcp(ServerPort, ClientPort, flags).Payload(payload));

    private void See(Frame frame) => _probe.See(_probe.IngressL2, frame.Build());

    private List<TcpMomentType> Moments()
    {
        var told = new List<TcpMomentType>();
        using var batch = _ring.Read();
        while (batch.TryRead(out var record))
            told.Add((TcpMomentType)MemoryMarshal.AsRef<TcpMoment>(record).Type);
        return told;
    }
}
