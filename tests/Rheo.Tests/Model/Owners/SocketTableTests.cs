using Rheo.Model;
using Rheo.Model.Owners;
using Xunit;
using static Rheo.Tests.Model.Owners.SocketScene;

namespace Rheo.Tests.Model.Owners;

public sealed class SocketTableTests
{
    private static readonly Endpoint Nowhere = default;

    [Fact]
    public void AConnectionBelongsToWhoConnected()
    {
        var scene = new SocketScene();
        scene.Connect(1, scene.Process(7), 100, 200);
        Assert.Equal([7], scene.Pids(Client, Server, 100, 200));
    }

    [Fact]
    public void TheSameEndsLaterAreTheLaterProcess()
    {
        var scene = new SocketScene();
        scene.Connect(1, scene.Process(7), 100, 200);
        scene.Connect(2, scene.Process(8), 210, 300);
        Assert.Equal([7], scene.Pids(Client, Server, 100, 200));
        Assert.Equal([8], scene.Pids(Client, Server, 210, 300));
    }

    [Fact]
    public void NamespacesFullOfAddressesDoNotFillTheMemory()
    {
        var scene = new SocketScene();
        for (ulong space = 1; space <= 64; space++)
        {
            for (uint address = 0; address < 2048; address++)
                scene.Table.Tell(space, Address.FromIPv4(0x0a00_0000 + address));
        }

        Assert.InRange(scene.Table.Counts.Namespaces, 1, 32);
    }

    [Fact]
    public void AProcessNumberUsedAgainIsAnotherProcess()
    {
        var scene = new SocketScene();
        scene.Connect(1, scene.Process(7, start: 1, "old"), 100, 200);
        scene.Connect(2, scene.Process(7, start: 2, "new"), 300, 400);
        Assert.Equal("old", scene.Table.Find(Transport.Tcp, Client, Server, 100 * Ms, 200 * Ms)[0].Name);
        Assert.Equal("new", scene.Table.Find(Transport.Tcp, Client, Server, 300 * Ms, 400 * Ms)[0].Name);
    }

    [Fact]
    public void WhatBeganAfterTheSocketEndedIsNotItsOwn()
    {
        var scene = new SocketScene();
        scene.Connect(1, scene.Process(7), 100, 200);
        Assert.Empty(scene.Pids(Client, Server, 201, 300));
        Assert.Empty(scene.Pids(Client, Server, 10, 40));
    }

    [Fact]
    public void EqualEndsInTwoNamespacesAreUnknownUnlessTheyAgree()
    {
        var scene = new SocketScene();
        scene.Connect(1, scene.Process(7), 100);
        scene.Connect(2, scene.Process(8), 100, space: There);
        Assert.Empty(scene.Pids(Client, Server, 100, 200));

        var agreeing = new SocketScene();
        agreeing.Connect(1, agreeing.Process(7), 100);
        agreeing.Connect(2, agreeing.Process(7), 100, space: There);
        Assert.Equal([7], agreeing.Pids(Client, Server, 100, 200));
    }

    [Fact]
    public void LoopbackIsThatOfTheNamespaceWhereItWasSeen()
    {
        var scene = new SocketScene();
        var (near, far) = (End("127.0.0.1:4000"), End("127.0.0.1:80"));
        scene.Tell(SocketEvent.Bound, 1, 1, near, Nowhere, scene.Process(7), Transport.Udp, There);
        Assert.Empty(scene.Pids(near, far, 10, 20, Transport.Udp));
        scene.Tell(SocketEvent.Bound, 1, 2, near, Nowhere, scene.Process(8), Transport.Udp);
        Assert.Equal([8], scene.Pids(near, far, 10, 20, Transport.Udp));
    }

    [Fact]
    public void AnAcceptedConnectionIsTheListenersIfThatHasOneProcess()
    {
        var scene = new SocketScene();
        scene.Tell(SocketEvent.Bound, 1, 1, End("0.0.0.0:80"), Nowhere, scene.Process(7));
        scene.Tell(SocketEvent.Established, 100, 2, Server, Client, passive: true);
        Assert.Equal([7], scene.Pids(Server, Client, 99, 200));
    }

    [Fact]
    public void OfAListenersSeveralProcessesNobodyIsNamedUntilOneUsesTheConnection()
    {
        var scene = new SocketScene();
        var (parent, child) = (scene.Process(7), new ProcessKey(8, 5));
        scene.Tell(SocketEvent.Bound, 1, 1, End("0.0.0.0:80"), Nowhere, parent);
        scene.Table.Forked(child, parent, 50 * Ms);
        scene.Tell(SocketEvent.Established, 100, 2, Server, Client, passive: true);
        Assert.Empty(scene.Pids(Server, Client, 99, 150));

        scene.Process(8, 5);
        scene.Tell(SocketEvent.Released, 200, 2, Server, Client, child);
        Assert.Equal([8], scene.Pids(Server, Client, 99, 200));
    }

    [Fact]
    public void AChildThatEndedLeavesTheListenerToItsParent()
    {
        var scene = new SocketScene();
        var (parent, child) = (scene.Process(7), new ProcessKey(8, 5));
        scene.Tell(SocketEvent.Bound, 1, 1, End("0.0.0.0:80"), Nowhere, parent);
        scene.Table.Forked(child, parent, 50 * Ms);
        scene.Table.Exited(child, 60 * Ms);
        scene.Tell(SocketEvent.Established, 100, 2, Server, Client, passive: true);
        Assert.Equal([7], scene.Pids(Server, Client, 99, 150));
    }

    [Fact]
    public void ADescriptorPassedOnIsWhosesTheWalkSays()
    {
        var scene = new SocketScene();
        var (giver, taker) = (scene.Process(7), scene.Process(8));
        scene.Connect(1, giver, 100);
        scene.Table.BeginWalk(1000 * Ms);
        scene.Tell(SocketEvent.Found, 1001, 1, Client, Server, giver);
        scene.Tell(SocketEvent.Found, 1002, 1, Client, Server, taker);
        scene.Table.EndWalk(mayHaveMissedEnds: false);
        Assert.Equal([8, 7], scene.Pids(Client, Server, 100, 1100));

        scene.Table.BeginWalk(3000 * Ms);
        scene.Tell(SocketEvent.Found, 3001, 1, Client, Server, taker);
        scene.Table.EndWalk(mayHaveMissedEnds: false);
        Assert.Equal([8], scene.Pids(Client, Server, 100, 3100));
    }

    [Fact]
    public void OfTwoHoldersTheOneThatEndedIsNotShown()
    {
        var scene = new SocketScene();
        var (parent, child) = (scene.Process(7), scene.Process(8));
        scene.Connect(1, parent, 100);
        scene.Table.BeginWalk(1000 * Ms);
        scene.Tell(SocketEvent.Found, 1001, 1, Client, Server, parent);
        scene.Tell(SocketEvent.Found, 1001, 1, Client, Server, child);
        scene.Table.EndWalk(mayHaveMissedEnds: false);
        scene.Table.Exited(parent, 1500 * Ms);
        Assert.Equal([8], scene.Pids(Client, Server, 100, 2000));
    }

    [Fact]
    public void ASocketBoundToNoAddressReceivesAtThoseOfItsNamespaceOnly()
    {
        var scene = new SocketScene();
        scene.Tell(SocketEvent.Bound, 1, 1, End("0.0.0.0:53"), Nowhere, scene.Process(7), Transport.Udp);
        Assert.Empty(scene.Pids(End("8.8.8.8:53"), Client, 10, 20, Transport.Udp));
        scene.Table.Tell(Here, Address.Parse("10.0.0.2"));
        Assert.Equal([7], scene.Pids(End("10.0.0.2:53"), Client, 10, 20, Transport.Udp));
        Assert.Empty(scene.Pids(End("8.8.8.8:53"), Client, 10, 20, Transport.Udp));
    }

    [Theory]
    [InlineData("[::]:53", true, false, "10.0.0.2:53", true)] // dual-stack
    [InlineData("[::]:53", true, true, "10.0.0.2:53", false)]
    [InlineData("0.0.0.0:53", false, false, "[2001:db8::2]:53", false)]
    [InlineData("[::]:53", true, true, "[2001:db8::2]:53", true)]
    [InlineData("10.0.0.2:53", false, false, "10.0.0.2:53", true)]
    [InlineData("10.0.0.3:53", false, false, "10.0.0.2:53", false)]
    public void WildcardsReceiveTheirFamilies(string bound, bool ipv6, bool only6, string to, bool isReceived)
    {
        var scene = new SocketScene();
        scene.Table.Tell(Here, Address.Parse("10.0.0.2"));
        scene.Table.Tell(Here, Address.Parse("2001:db8::2"));
        scene.Tell(SocketEvent.Bound, 1, 1, End(bound), Nowhere, scene.Process(7), Transport.Udp, ipv6: ipv6, only6: only6);
        Assert.Equal(isReceived ? [7] : [], scene.Pids(End(to), Client, 10, 20, Transport.Udp));
    }

    [Fact]
    public void TheVeryAddressComesBeforeTheWildcard()
    {
        var scene = new SocketScene();
        scene.Table.Tell(Here, Address.Parse("10.0.0.2"));
        scene.Tell(SocketEvent.Bound, 1, 1, End("0.0.0.0:53"), Nowhere, scene.Process(7), Transport.Udp);
        scene.Tell(SocketEvent.Bound, 1, 2, End("10.0.0.2:53"), Nowhere, scene.Process(8), Transport.Udp);
        Assert.Equal([8], scene.Pids(End("10.0.0.2:53"), Client, 10, 20, Transport.Udp));
    }

    [Fact]
    public void ProcessesThatShareAPortAreNotToldApart()
    {
        var scene = new SocketScene();
        scene.Tell(SocketEvent.Bound, 1, 1, End("10.0.0.2:53"), Nowhere, scene.Process(7), Transport.Udp);
        scene.Tell(SocketEvent.Bound, 1, 2, End("10.0.0.2:53"), Nowhere, scene.Process(8), Transport.Udp);
        Assert.Empty(scene.Pids(End("10.0.0.2:53"), Client, 10, 20, Transport.Udp));
    }

    [Fact]
    public void AConnectionOlderThanTheListenerIsNotTheListeners()
    {
        var scene = new SocketScene();
        scene.Tell(SocketEvent.Bound, 1000, 1, Server, Nowhere, scene.Process(7));
        Assert.Empty(scene.Pids(Server, Client, 100, 2000));
        Assert.Equal([7], scene.Pids(Server, Client, 1500, 2000));
    }

    [Fact]
    public void ARefusedConnectionIsKnownByTheEndsThatItHad()
    {
        var scene = new SocketScene();
        var process = scene.Process(7);
        scene.Tell(SocketEvent.Connecting, 100, 1, Nowhere, Nowhere, process);
        scene.Tell(SocketEvent.Closed, 101, 1, Client, Server);
        Assert.Equal([7], scene.Pids(Client, Server, 100, 101));
    }

    [Fact]
    public void ASocketFoundByAWalkAfterItsEndStaysEnded()
    {
        var scene = new SocketScene();
        var process = scene.Process(7);
        scene.Connect(1, process, 100, 200);
        scene.Tell(SocketEvent.Found, 150, 1, Client, Server, process);
        Assert.Equal(0, scene.Table.Counts.Live);
    }

    [Fact]
    public void WhenEndsMayHaveBeenMissedWhatNobodyHasIsEnded()
    {
        var scene = new SocketScene();
        scene.Connect(1, scene.Process(7), 100);
        scene.Table.BeginWalk(1000 * Ms);
        scene.Table.EndWalk(mayHaveMissedEnds: true);
        Assert.Equal((0, 1), (scene.Table.Counts.Live, scene.Table.Counts.Ended));
    }

    [Fact]
    public void AFullTableLetsTheOldestGoAndCountsThem()
    {
        var scene = new SocketScene(new SocketTableOptions { MaxSockets = 100 });
        var process = scene.Process(7);
        for (ulong cookie = 1; cookie <= 100_000; cookie++)
        {
            scene.Connect(cookie, process, (long)cookie * 10, cookie % 2 == 0 ? ((long)cookie * 10) + 5 : null);
            if (cookie % 1000 == 0)
                scene.Table.Tick((long)cookie * 10 * Ms);
        }

        Assert.Equal(100, scene.Table.Counts.Live + scene.Table.Counts.Ended);
        Assert.Equal(99_900, scene.Table.Counts.LetGo);
        Assert.Equal([7], scene.Pids(Client, Server, 1_000_000, 1_000_005));
    }

    [Fact]
    public void WhatEndedIsForgottenInTime()
    {
        var scene = new SocketScene();
        var process = scene.Process(7);
        scene.Connect(1, process, 100, 200);
        scene.Table.Exited(process, 200 * Ms);
        Assert.False(scene.Table.Tick(30_000 * Ms));
        Assert.Equal((1, 1), (scene.Table.Counts.Ended, scene.Table.Counts.Processes));
        Assert.False(scene.Table.Tick(200_000 * Ms));
        Assert.Equal((0, 0), (scene.Table.Counts.Ended, scene.Table.Counts.Processes));
    }

    [Fact]
    public void TenThousandProcessesTooManyAreForgottenTheOldestFirst()
    {
        var scene = new SocketScene(new SocketTableOptions { MaxProcesses = 1000 });
        for (var pid = 1; pid <= 11_000; pid++)
            scene.Process(pid, start: pid);
        Assert.True(scene.Table.Tick(20_000)); // they have to be told again
        Assert.InRange(scene.Table.Counts.Processes, 800, 1000);
        scene.Connect(1, new ProcessKey(11_000, 11_000), 100);
        Assert.Equal([11_000], scene.Pids(Client, Server, 100, 200));
    }

    [Fact]
    public void TheCookieLeadsToTheProcesses()
    {
        var scene = new SocketScene();
        scene.Connect(5, scene.Process(7), 100);
        Assert.Equal(7, Assert.Single(scene.Table.FindByCookie(5)).Pid);
        Assert.Empty(scene.Table.FindByCookie(6));
    }
}
