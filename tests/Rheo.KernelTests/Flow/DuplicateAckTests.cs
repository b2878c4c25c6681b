using System.Buffers.Binary;
using Rheo.Capture;
using Rheo.KernelTests.EndToEnd;
using Rheo.Packets;
using Xunit;

namespace Rheo.KernelTests.Flow;

/// <summary>Which acknowledgements are counted as duplicate ones, packet by packet.</summary>
public sealed class DuplicateAckTests : IDisposable
{
    private const ushort ClientPort = 40_000;
    private const ushort ServerPort = 80;
    private const uint Hole = 5000; // what is missing begins here

    private readonly PinnedThread _pinned = PinnedThread.ToOneCpu();
    private readonly FlowProbe _probe = Environment.IsPrivilegedProcess ? FlowProbe.Load() : null!;

    public void Dispose()
    {
        _probe?.Dispose();
        _pinned.Dispose();
    }

    [RootTheory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void EachSegmentThatComesBehindAHoleMakesOne(bool hasTimestamps, bool isIp6)
    {
        for (var got = 1u; got <= 3; got++)
            Acknowledge(Hole, [(Hole + 1000, Hole + 1000 + (got * 1000))], hasTimestamps, isIp6);

        Assert.Equal(3u, Count());
        Assert.Equal(3ul, _probe.Sum(ledger => ledger.DuplicateAcks));
    }

    [RootFact]
    public void AHoleThatIsFilledInPartMakesNone()
    {
        Acknowledge(Hole, [(7000, 8000)]);
        Acknowledge(Hole, [(9000, 10_000), (7000, 8000)]);
        Acknowledge(6000, [(9000, 10_000), (7000, 8000)]); // what was sent again has come
        Acknowledge(8000, [(9000, 10_000)]);

        Assert.Equal(2u, Count());
    }

    [RootFact]
    public void TheNextHoleIsCountedOn()
    {
        Acknowledge(Hole, [(7000, 8000)]);
        Acknowledge(20_000, [(21_000, 22_000)]);
        Acknowledge(20_000, [(21_000, 23_000)]);

        Assert.Equal(3u, Count());
    }

    [RootFact]
    public void SequenceNumbersGoRound()
    {
        Acknowledge(0xffff_fc00, [(0xffff_ff00, 0x100)]);
        Acknowledge(0xffff_ff80, [(0x1000, 0x2000)]);

        Assert.Equal(2u, Count());
    }

    [RootFact]
    public void WhatHasComeTwiceMakesNone()
    {
        Acknowledge(Hole, [(3000, 4000)]); // below what is acknowledged
        Acknowledge(Hole, [(7000, 8000), (7000, 9000)]); // in what was told before

        Assert.Equal(0u, Count());
        Assert.Equal(0ul, _probe.Sum(ledger => ledger.DuplicateAcks));
    }

    [RootFact]
    public void DataFlagsAndOtherOptionsMakeNone()
    {
        byte[] sack = [.. TcpOptions.Nop, .. TcpOptions.Nop, .. Blocks([(7000, 8000)])];
        See(Tcp(Hole, sack).Payload(100));
        See(Tcp(Hole, sack, TcpFlags.Ack | TcpFlags.Fin));
        See(Tcp(Hole, [.. TcpOptions.Stamped, .. TcpOptions.Authentication()]));
        See(Tcp(Hole, [.. TcpOptions.Nop, .. TcpOptions.Nop, 5, 2, 0, 0, 0, 0, 0, 0, 0, 0])); // says that it has no block
        See(Tcp(Hole, [.. TcpOptions.Nop, .. TcpOptions.Nop, 5, 42, 0, 0, 0, 0, 0, 0, 0, 0])); // says that it has five
        See(Tcp(Hole, TcpOptions.Stamped));

        Assert.Equal(0u, Count());
    }

    [RootFact]
    public void ATupleThatIsUsedAgainIsCountedAnew()
    {
        Acknowledge(Hole, [(7000, 8000)]);
        Acknowledge(Hole, [(7000, 9000)]);
        See(Frame.Ethernet().Ip4("192.0.2.1", "192.0.2.2").Tcp(ClientPort, ServerPort, TcpFlags.Syn));
        Acknowledge(Hole, [(7000, 8000)]);

        Assert.Equal(1u, Count());
        Assert.Equal(3ul, _probe.Sum(ledger => ledger.DuplicateAcks));
    }

    [RootFact]
    public void TheSameOnesAtAnotherPointAreNotCounted()
    {
        Acknowledge(Hole, [(7000, 8000)]);
        var map = _probe.Flow.Maps.TcpAckCounts;
        var key = map.Keys().Single();
        Assert.True(map.TryGet(key, out var acks));
        acks.Point += 2; // as if it had been seen at the next interface first
        map.Set(key, acks);
        Acknowledge(Hole, [(7000, 9000)]);
        Assert.Equal(1u, Count());

        acks.LastNs -= 2_000_000_000; // and long ago: they go another way now
        map.Set(key, acks);
        Acknowledge(Hole, [(7000, 9000)]);
        Assert.Equal(2u, Count());
    }

    private static byte[] Blocks((uint From, uint To)[] blocks)
    {
        var option = new byte[2 + (8 * blocks.Length)];
        (option[0], option[1]) = (5, (byte)option.Length);
        for (var at = 0; at < blocks.Length; at++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(option.AsSpan(2 + (8 * at)), blocks[at].From);
            BinaryPrimitives.WriteUInt32BigEndian(option.AsSpan(6 + (8 * at)), blocks[at].To);
        }

        return option;
    }

    private static Frame Tcp(uint number, byte[] options, TcpFlags flags = TcpFlags.Ack, bool isIp6 = false)
    {
        var link = Frame.Ethernet();
        var network = isIp6 ? link.Ip6("2001:db8::1", "2001:db8::2") : link.Ip4("192.0.2.1", "192.0.2.2");
        return network.Tcp(ClientPort, ServerPort, flags, options, acknowledgement: number);
    }

    private void Acknowledge(uint number, (uint From, uint To)[] blocks, bool hasTimestamps = true, bool isIp6 = false) =>
        See(Tcp(number, [.. hasTimestamps ? TcpOptions.Stamped : [], .. TcpOptions.Nop, .. TcpOptions.Nop, .. Blocks(blocks)], isIp6: isIp6));

    private void See(Frame frame) => _probe.See(_probe.IngressL2, frame.Build());

    private uint Count()
    {
        var map = _probe.Flow.Maps.TcpAckCounts;
        return map.Keys().Select(key => map.TryGet(key, out var acks) ? acks.Duplicates : 0).SingleOrDefault();
    }
}
