using Rheo.Model;
using Rheo.Model.Owners;
using Xunit;
using static Rheo.Tests.Model.Owners.SocketScene;

namespace Rheo.Tests.Model.Owners;

/// <summary>Several sockets listen at one port (SO_REUSEPORT), and the kernel chooses one of them for each connection.</summary>
public sealed class SharedPortTests
{
    private static readonly Endpoint AnyAddress = End("0.0.0.0:80");

    private readonly SocketScene _scene = new();

    [Fact]
    public void AConnectionIsNobodysWhereSeveralProcessesListen()
    {
        Listen(1, AnyAddress, pid: 7);
        Listen(2, AnyAddress, pid: 8);
        Come(3);

        Assert.Empty(Pids(3));
    }

    [Fact]
    public void AConnectionIsOfTheOneProcessThatHasAllSocketsAtThePort()
    {
        Listen(1, AnyAddress, pid: 7);
        Listen(2, AnyAddress, pid: 7);
        Come(3);

        Assert.Equal([7], Pids(3));
    }

    [Fact]
    public void ASocketOfWhomNobodyKnowsAgreesWithNone()
    {
        _scene.Tell(SocketEvent.Bound, 10, 1, AnyAddress, default);
        Listen(2, AnyAddress, pid: 7);
        Come(3);

        Assert.Empty(Pids(3));
    }

    [Theory]
    [InlineData(1, 2, 3)]
    [InlineData(2, 1, 3)]
    [InlineData(2, 3, 1)]
    public void OnlyThoseAtTheVeryAddressAreMeant(ulong very, ulong any, ulong other)
    {
        foreach (var cookie in new ulong[] { 1, 2, 3 })
            Listen(cookie, cookie == very ? Server : AnyAddress, pid: cookie == very ? 7 : cookie == any ? 8 : cookie == other ? 9 : 0);
        Come(4);

        Assert.Equal([7], Pids(4));
    }

    [Fact]
    public void WhoListensAloneWhenItEndsIsNotWhoseItWas()
    {
        Listen(1, AnyAddress, pid: 7);
        Listen(2, AnyAddress, pid: 8);
        Come(3);
        _scene.Tell(SocketEvent.Released, 30, 1, AnyAddress, default);
        _scene.Tell(SocketEvent.Released, 40, 3, Server, Client, passive: true);

        Assert.Empty(Pids(3));
    }

    [Fact]
    public void WhoTakesTheConnectionHasIt()
    {
        Listen(1, AnyAddress, pid: 7);
        Listen(2, AnyAddress, pid: 8);
        Come(3);
        _scene.Table.Used(3, _scene.Process(7), 30 * Ms);

        Assert.Equal([7], Pids(3));
    }

    private void Listen(ulong cookie, Endpoint at, int pid) => _scene.Tell(SocketEvent.Bound, 10, cookie, at, default, _scene.Process(pid));

    private void Come(ulong cookie) => _scene.Tell(SocketEvent.Established, 20, cookie, Server, Client, passive: true);

    private int[] Pids(ulong cookie) => [.. _scene.Table.FindByCookie(cookie).Select(process => process.Pid)];
}
