using Rheo.Model.Owners;
using Xunit;
using static Rheo.Tests.Model.Owners.SocketScene;

namespace Rheo.Tests.Model.Owners;

/// <summary>Short connections by the thousand: the same ends again and again, sockets whose memory is used again.</summary>
public sealed class SocketReuseTests
{
    private const int Most = 16;

    [Fact]
    public void OfManyConnectionsOfTheSameEndsEachKeepsItsOwner()
    {
        var scene = new SocketScene();
        for (var turn = 0; turn < 20; turn++)
            scene.Connect((ulong)turn + 1, scene.Process(100 + turn), turn * 1000, (turn * 1000) + 500);
        for (var turn = 0; turn < 20; turn++)
            Assert.Equal([100 + turn], scene.Pids(Client, Server, (turn * 1000) + 1, (turn * 1000) + 500));
    }

    [Fact]
    public void AConnectionInAnotherNamespaceIsFoundBehindManyOfThisOne()
    {
        var scene = new SocketScene();
        scene.Connect(1, scene.Process(7), 100, space: There);
        for (var turn = 0; turn < 20; turn++)
            scene.Connect((ulong)turn + 2, scene.Process(8), 200 + (turn * 1000), 700 + (turn * 1000));
        Assert.Empty(scene.Pids(Client, Server, 19_300, 19_400)); // either may be meant
        Assert.Equal([7], scene.Pids(Client, Server, 19_800, 19_900));
    }

    [Fact]
    public void WhatIsLetGoFromAmongOthersLeavesThoseFindable()
    {
        var scene = new SocketScene(new SocketTableOptions { LoopbackNamespace = Here, MaxSockets = 3 });
        // The first stays open: the others are let go, from the middle of what had these ends.
        scene.Connect(1, scene.Process(7), 0);
        for (var turn = 1; turn < 10; turn++)
            scene.Connect((ulong)turn + 1, scene.Process(100 + turn), turn * 1000, (turn * 1000) + 100);
        Assert.Equal([7], scene.Pids(Client, Server, 500, 600));
        Assert.Equal([108], scene.Pids(Client, Server, 8010, 8090));
        Assert.Equal([109], scene.Pids(Client, Server, 9010, 9090));
        Assert.Equal([7], scene.Pids(Client, Server, 5010, 5090));
    }

    [Fact]
    public void ASocketThatIsTriedAgainIsTheNewest()
    {
        var scene = new SocketScene();
        scene.Connect(1, scene.Process(7), 100, 200);
        scene.Connect(2, scene.Process(8), 300, 400);
        scene.Tell(SocketEvent.Connecting, 500, 1, Client, Server, scene.Process(7));
        Assert.Equal([7], scene.Pids(Client, Server, 510, 520));
        Assert.Equal([8], scene.Pids(Client, Server, 310, 390));
    }

    [Fact]
    public void WhatIsOpenStillIsFoundBehindManyThatEnded()
    {
        var scene = new SocketScene();
        scene.Connect(1, scene.Process(7), 100); // its end is never told
        for (var turn = 0; turn < 5; turn++)
            scene.Connect((ulong)turn + 2, scene.Process(8 + turn), 1000 + (turn * 1000), 1500 + (turn * 1000));
        // Between two of the others; the newest began too late.
        Assert.Equal([7], scene.Pids(Client, Server, 3700, 3800));
        Assert.Equal([12], scene.Pids(Client, Server, 5100, 5200));
    }

    [Fact]
    public void AnEndThatIsTakenBackIsNoEnd()
    {
        var scene = new SocketScene();
        scene.Connect(1, scene.Process(7), 100, 200);
        scene.Connect(2, scene.Process(8), 300, 400);
        scene.Connect(3, scene.Process(9), 500, 600);
        scene.Table.BeginWalk(700 * Ms);
        scene.Tell(SocketEvent.Found, 710, 1, Client, Server, scene.Process(7)); // the walk sees that it is there
        scene.Table.EndWalk(mayHaveMissedEnds: false);
        Assert.Equal([7], scene.Pids(Client, Server, 800, 900));
    }

    [Fact]
    public void ASocketOfSeveralProcessesNamesThemAndIsThenOneMansAgain()
    {
        var scene = new SocketScene(new SocketTableOptions { LoopbackNamespace = Here, MaxSockets = 1 });
        scene.Connect(1, scene.Process(7), 100);
        foreach (var pid in Enumerable.Range(8, 10))
            scene.Table.Used(1, scene.Process(pid), (100 + pid) * Ms);
        Assert.Equal([17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7], scene.Pids(Client, Server, 200, 300));
        scene.Connect(2, scene.Process(30), 400);
        Assert.Equal([30], scene.Pids(Client, Server, 500, 600));
    }

    [Fact]
    public void WhatIsExpectedNeedNotCome()
    {
        var scene = new SocketScene();
        scene.Connect(1, scene.Process(7), 100);
        for (ushort port = 1; port < 3000; port++)
        {
            scene.Table.Expect(6, Client, new(Server.Address, port));
            scene.Table.Expect(6, Server, Client);
            scene.Tell(SocketEvent.Established, 200, (ulong)port + 1, new(Client.Address, port), Server, scene.Process(8));
        }

        Assert.Equal([7], scene.Pids(Client, Server, 200, 300));
    }

    [Fact]
    public void ASocketUsedAgainKnowsNothingOfTheOneBefore()
    {
        var scene = new SocketScene(new SocketTableOptions { LoopbackNamespace = Here, MaxSockets = Most });
        for (var turn = 0; turn < 3 * Most; turn++)
            scene.Connect((ulong)turn + 1, scene.Process(7), turn * 1000, (turn * 1000) + 500);
        // By nobody that is known.
        scene.Tell(SocketEvent.Established, 100_000, 1000, Client, Server);
        Assert.Empty(scene.Pids(Client, Server, 100_000, 100_100));
        Assert.Equal(1, scene.Table.Counts.Live);
        Assert.Equal(1, scene.Table.Counts.Ownerless);
        Assert.Equal(Most, scene.Table.Counts.Live + scene.Table.Counts.Ended);
    }

    [Fact]
    public void AConnectionOfAListenerWhosePlaceIsAnothersIsStillItsProcesses()
    {
        var scene = new SocketScene(new SocketTableOptions { LoopbackNamespace = Here, MaxSockets = 2 });
        scene.Tell(SocketEvent.Bound, 10, 1, Server, default, scene.Process(7));
        scene.Tell(SocketEvent.Established, 20, 2, Server, Client, passive: true);
        scene.Tell(SocketEvent.Released, 30, 1, Server, default, scene.Process(7)); // it goes as soon as room is needed
        scene.Connect(3, scene.Process(8), 40);
        Assert.Equal([7], scene.Pids(Server, Client, 25, 35));
    }

    [Fact]
    public void ShortConnectionsAllocateNothing()
    {
        var scene = new SocketScene(new SocketTableOptions { LoopbackNamespace = Here, MaxSockets = 1024 });
        var process = scene.Process(7);
        var turn = 0;
        Connect(2048);
        Assert.Equal(0, Allocated.By(() => Connect(2048)));

        void Connect(int count)
        {
            for (var end = turn + count; turn < end; turn++)
            {
                scene.Connect((ulong)turn + 1, process, turn, turn + 1);
                scene.Table.Find(Rheo.Model.Transport.Tcp, Client, Server, turn * Ms, (turn + 1) * Ms);
            }
        }
    }
}
