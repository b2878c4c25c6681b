using System.Net;
using System.Net.Sockets;
using Rheo.Capture;
using Rheo.Model;
using Xunit;

namespace Rheo.KernelTests.Owners;

/// <summary>More moments than the ring holds: what was lost is counted, and the next walk over all descriptors makes up for it.</summary>
public sealed class OverflowTests
{
    private const int Sockets = 2_000;

    /// <summary>Room for 800 sockets, and no wake-up before it is full: the reader comes by four times a second.</summary>
    private const uint RingBytes = 64 * 1024;

    private static readonly Endpoint s_to = new(new Address(IPAddress.Loopback.GetAddressBytes()), 9);

    [RootFact]
    public void WhatTheRingCouldNotHoldIsCountedAndTheNextWalkKnowsIt()
    {
        using var capture = SocketCapture.Open(RingBytes);
        var sockets = Enumerable.Range(0, Sockets).Select(_ => Bound()).ToList();

        capture.Walk();

        Assert.InRange(capture.Health.LostRecords, 100ul, ulong.MaxValue);
        Assert.All(sockets, socket => Assert.Equal(Environment.ProcessId, Assert.Single(Owners(capture, socket)).Pid));
        sockets.ForEach(socket => socket.Dispose());
    }

    [RootFact]
    public void SocketsWhoseEndWasLostAreNobodysAfterTheNextWalk()
    {
        using var capture = SocketCapture.Open(RingBytes);
        var sockets = Enumerable.Range(0, Sockets).Select(_ => Bound()).ToList();
        capture.Walk();
        var ends = sockets.Select(End).ToList();
        var lost = capture.Health.LostRecords;

        sockets.ForEach(socket => socket.Dispose());
        capture.Walk();

        Assert.InRange(capture.Health.LostRecords, lost + 100, ulong.MaxValue);
        Thread.Sleep(100); // for the slack of the clocks
        var now = Scene.NowNs();
        Assert.All(ends, end => Assert.Empty(capture.Find(Transport.Udp, end, s_to, now, now)));
    }

    private static IReadOnlyList<Model.Owners.SocketProcess> Owners(SocketCapture capture, Socket socket)
    {
        var now = Scene.NowNs();
        return capture.Find(Transport.Udp, End(socket), s_to, now, now);
    }

    private static Endpoint End(Socket socket) => new(s_to.Address, (ushort)((IPEndPoint)socket.LocalEndPoint!).Port);

    private static Socket Bound()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }
}
