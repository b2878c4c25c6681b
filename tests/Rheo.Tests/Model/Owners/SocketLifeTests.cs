using Rheo.Model;
using Rheo.Model.Owners;
using Xunit;
using static Rheo.Tests.Model.Owners.SocketScene;

namespace Rheo.Tests.Model.Owners;

/// <summary>What is left of sockets and processes once they are over, or once some of them were let go.</summary>
public sealed class SocketLifeTests
{
    private static readonly Endpoint AnyAt80 = End("0.0.0.0:80"), AnyAt53 = End("0.0.0.0:53"), Name = End("10.0.0.2:53"), Nowhere = default;

    [Fact]
    public void AnEndThatIsTakenBackIsHeardByTheNewestAfterOneBetweenThemWasLetGo()
    {
        var scene = new SocketScene(new SocketTableOptions { LoopbackNamespace = Here, MaxSockets = 3 });
        scene.Tell(SocketEvent.Connecting, 100, 1, Nowhere, Nowhere, scene.Process(7));
        scene.Tell(SocketEvent.Established, 101, 1, Client, Server);
        scene.Connect(2, scene.Process(8), 200, 300);
        scene.Connect(3, scene.Process(9), 400);
        scene.Tell(SocketEvent.Released, 500, 1, Client, Server);
        scene.Tell(SocketEvent.Released, 600, 3, Client, Server);
        scene.Tell(SocketEvent.Bound, 650, 4, AnyAt53, Nowhere, scene.Process(10), Transport.Udp); // the second one, the longest ended, makes room

        scene.Tell(SocketEvent.Found, 700, 1, Client, Server, scene.Process(7));

        Assert.Equal(1, scene.Table.Counts.LetGo);
        Assert.Equal([7], scene.Pids(Client, Server, 800, 900));
    }

    [Fact]
    public void AConnectThatCameToNothingIsOverOnceAWalkHasNotFoundIt()
    {
        var scene = new SocketScene();
        scene.Tell(SocketEvent.Connecting, 100, 1, Nowhere, Nowhere, scene.Process(7));

        scene.Table.BeginWalk(50 * Ms); // it came after
        scene.Table.EndWalk(mayHaveMissedEnds: false);
        Assert.Equal(1, scene.Table.Counts.Live);
        scene.Table.BeginWalk(1000 * Ms);
        scene.Table.EndWalk(mayHaveMissedEnds: false);

        Assert.Equal(0, scene.Table.Counts.Live);
    }

    [Fact]
    public void ThoseForkedByOneThatHasItNoLongerDoNotHaveIt()
    {
        var scene = new SocketScene();
        var (parent, server, other) = (scene.Process(7), scene.Process(8), scene.Process(9));
        scene.Tell(SocketEvent.Bound, 100, 1, AnyAt80, Nowhere, parent);
        scene.Table.Used(1, server, 110 * Ms);
        scene.Table.BeginWalk(200 * Ms);
        scene.Tell(SocketEvent.Found, 201, 1, AnyAt80, Nowhere, server);
        scene.Table.EndWalk(mayHaveMissedEnds: false);

        scene.Table.Forked(other, parent, 300 * Ms);
        scene.Tell(SocketEvent.Established, 400, 2, Server, Client, passive: true);

        Assert.Equal([8], scene.Pids(Server, Client, 400, 410));
    }

    [Fact]
    public void OfTheSameEndsAnyMayBeLetGoInAnyOrder()
    {
        var random = new Random(7);
        for (var game = 0; game < 200; game++)
        {
            var scene = new SocketScene(new SocketTableOptions { LoopbackNamespace = Here, MaxSockets = 6 });
            var life = new SocketGame(scene, random);
            for (var turn = 0; turn < 60; turn++)
                life.Play();
        }
    }

    [Fact]
    public void OfThoseThatOverlapTheOneThatBeganLastIsMeantAlsoWhereTheyWereToldInAnotherOrder()
    {
        var scene = new SocketScene();
        Begin(2, 50, 8);
        Begin(3, 70, 9);
        Begin(1, 100, 7);
        foreach (var (cookie, at) in new[] { (1UL, 110), (2UL, 120), (3UL, 130) })
            scene.Tell(SocketEvent.Established, at, cookie, Client, Server);

        Assert.Equal([7], scene.Pids(Client, Server, 200, 210));

        void Begin(ulong cookie, long timeMs, int pid) => scene.Tell(SocketEvent.Connecting, timeMs, cookie, Nowhere, Nowhere, scene.Process(pid));
    }

    [Fact]
    public void OneThatIsTriedAgainWhileAnotherIsStillOpenBeganAfterIt()
    {
        var scene = new SocketScene();
        scene.Connect(1, scene.Process(7), 100, 200);
        scene.Connect(2, scene.Process(8), 300); // its end was missed
        scene.Tell(SocketEvent.Connecting, 500, 1, Client, Server, scene.Process(7));

        Assert.Equal([7], scene.Pids(Client, Server, 510, 520));
    }

    [Fact]
    public void ConnectionsToManyPortsLeaveNothingBehind()
    {
        var scene = new SocketScene(new SocketTableOptions { LoopbackNamespace = Here, MaxSockets = 16 });
        var process = scene.Process(7);
        var turn = 0UL;
        Connect(4096);

        Assert.Equal(0, Allocated.By(() => Connect(8192)));

        void Connect(int count)
        {
            for (var end = turn + (ulong)count; turn < end; turn++)
                scene.Tell(SocketEvent.Established, (long)turn, turn + 1, new(Client.Address, (ushort)(1 + (turn % 60_000))), Server, process);
        }
    }

    [Fact]
    public void WhatBeganDuringAWalkIsNotTakenForEndedSinceTheWalkCouldNotFindIt()
    {
        var scene = new SocketScene();
        scene.Table.BeginWalk(1000 * Ms);
        scene.Connect(1, scene.Process(7), 1001);
        scene.Table.EndWalk(mayHaveMissedEnds: true);

        Assert.Equal((1, 0), (scene.Table.Counts.Live, scene.Table.Counts.Ended));
    }

    [Fact]
    public void AChildThatDidNothingIsForgottenWithItsEnd()
    {
        var scene = new SocketScene();
        var (parent, child) = (scene.Process(7), new ProcessKey(8, 5));
        scene.Tell(SocketEvent.Bound, 1, 1, AnyAt80, Nowhere, parent);
        scene.Table.Forked(child, parent, 50 * Ms);
        Assert.Equal(2, scene.Table.Counts.Processes);

        scene.Table.Exited(child, 60 * Ms);

        Assert.Equal(1, scene.Table.Counts.Processes);
    }

    [Fact]
    public void TheVeryAddressInAnotherNamespaceHidesNoWildcard()
    {
        var scene = new SocketScene();
        scene.Table.Tell(Here, Name.Address);
        scene.Table.Tell(There, Name.Address);
        scene.Tell(SocketEvent.Bound, 1, 1, AnyAt53, Nowhere, scene.Process(7), Transport.Udp);
        scene.Tell(SocketEvent.Bound, 1, 2, Name, Nowhere, scene.Process(8), Transport.Udp, There);

        Assert.Empty(scene.Pids(Name, Client, 10, 20, Transport.Udp)); // either may be meant
    }

    [Fact]
    public void APacketMayBeSeenALittleAfterTheEndOfItsSocket()
    {
        var scene = new SocketScene();
        scene.Connect(1, scene.Process(7), 100, 200);

        Assert.Single(Find(200 * Ms + 400_000));
        Assert.Empty(Find(200 * Ms + 600_000));

        IReadOnlyList<SocketProcess> Find(long timeNs) => scene.Table.Find(Transport.Tcp, Client, Server, timeNs, timeNs);
    }

    [Fact]
    public void WhoHasEndedIsNamedForWhatItHad()
    {
        var scene = new SocketScene();
        var process = scene.Process(7);
        scene.Connect(1, process, 100, 200);
        scene.Table.Exited(process, 200 * Ms);

        Assert.Equal([7], scene.Pids(Client, Server, 100, 200));
    }

    [Fact]
    public void AListenersConnectionsAreItsProcesssAlsoAfterBothAreGone()
    {
        var scene = Served();
        scene.Tell(SocketEvent.Released, 300, 1, AnyAt80, Nowhere);
        scene.Table.Exited(new ProcessKey(7, 1), 300 * Ms);

        Assert.Equal([7], scene.Pids(Server, Client, 99, 150));
    }

    [Fact]
    public void AChildForkedAfterTheListenerWasClosedHasNoPartInIt()
    {
        var scene = Served();
        scene.Tell(SocketEvent.Released, 300, 1, AnyAt80, Nowhere);
        scene.Table.Forked(new ProcessKey(8, 5), new ProcessKey(7, 1), 400 * Ms);

        Assert.Equal([7], scene.Pids(Server, Client, 99, 150));
    }

    [Fact]
    public void AConnectionIsNotThatOfAListenerThatWasClosedBefore()
    {
        var scene = new SocketScene();
        scene.Tell(SocketEvent.Bound, 1, 1, AnyAt80, Nowhere, scene.Process(7));
        scene.Tell(SocketEvent.Released, 50, 1, AnyAt80, Nowhere);
        scene.Tell(SocketEvent.Established, 100, 2, Server, Client, passive: true);

        Assert.Empty(scene.Pids(Server, Client, 99, 150));
    }

    [Fact]
    public void OfManyThatMayHaveASocketTheOneThatSurelyDoesIsKept()
    {
        var scene = new SocketScene();
        var parent = scene.Process(7);
        scene.Tell(SocketEvent.Bound, 1, 1, AnyAt80, Nowhere, parent);
        for (var child = 1; child <= 40; child++)
            scene.Table.Forked(new ProcessKey(100 + child, 5), parent, child * Ms);

        Assert.Equal(7, Assert.Single(scene.Table.FindByCookie(1)).Pid);
    }

    // A listener of process 7, and a connection that nobody was seen to use.
    private static SocketScene Served()
    {
        var scene = new SocketScene();
        scene.Tell(SocketEvent.Bound, 1, 1, AnyAt80, Nowhere, scene.Process(7));
        scene.Tell(SocketEvent.Established, 100, 2, Server, Client, passive: true);
        scene.Tell(SocketEvent.Closed, 200, 2, Server, Client);
        return scene;
    }

    [Fact]
    public void WhatAStormHasUsedGoesBackAMinuteAfterItsSocketsWereForgotten()
    {
        const int Storm = 100_000;
        var scene = new SocketScene();
        for (ulong cookie = 1; cookie <= Storm; cookie++)
            scene.Tell(SocketEvent.Connecting, 1000, cookie, End((ushort)cookie), Server, space: cookie >> 16);
        Assert.InRange(scene.Table.Room, Storm, 2 * Storm);
        for (ulong cookie = 1; cookie < Storm; cookie++) // one lasts
            scene.Tell(SocketEvent.Released, 2000, cookie, End((ushort)cookie), Server);

        Tick(62_000);
        Tick(62_001); // they were kept for a minute
        Tick(121_999);
        Assert.InRange(scene.Table.Room, Storm, 2 * Storm);
        Tick(122_000);
        Assert.InRange(scene.Table.Room, 1, SocketTable.LeastRoom);
        scene.Connect(Storm + 1, scene.Process(7), 130_000);
        Assert.Equal([7], scene.Pids(Client, Server, 130_010, 130_020));
        Assert.Equal(2, scene.Table.Counts.Live);

        void Tick(long ms) => scene.Table.Tick(ms * Ms);

        static Endpoint End(ushort port) => Client with { Port = port };
    }

    [Fact]
    public void StormsThatFollowOneAnotherKeepTheirMemory()
    {
        var scene = new SocketScene();
        for (var storm = 0; storm < 4; storm++)
        {
            var beganMs = storm * 119_000L;
            for (ulong cookie = 1; cookie <= 40_000; cookie++)
                scene.Tell(SocketEvent.Connecting, beganMs, ((ulong)storm << 32) + cookie, Client with { Port = (ushort)cookie }, Server);
            for (ulong cookie = 1; cookie <= 40_000; cookie++)
                scene.Tell(SocketEvent.Released, beganMs + 1000, ((ulong)storm << 32) + cookie, Client with { Port = (ushort)cookie }, Server);
            for (var ms = beganMs; ms < beganMs + 119_000; ms += 1000)
                scene.Table.Tick(ms * Ms);
            Assert.InRange(scene.Table.Room, 40_000, 41_000);
        }
    }
}
