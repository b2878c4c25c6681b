using System.Net;
using System.Net.Sockets;
using System.Text;
using Rheo.KernelTests.Links;
using Rheo.Model;
using Rheo.Model.Owners;
using Xunit;

namespace Rheo.KernelTests.Owners;

/// <summary>Sockets that change hands, or are in several: forked, passed on, listened at by many.</summary>
public sealed class SharedSocketTests
{
    private static readonly IPEndPoint Loopback = new(IPAddress.Loopback, 0);

    [RootFact]
    public void ADescriptorPassedOverAUnixSocketIsWhoseItWasPassedTo()
    {
        using var scene = new Scene();
        using var listener = Talk.Listen(Loopback);
        using var actor = Actor.Start("passed", "127.0.0.1", Port(listener));
        using var accepted = listener.Accept();

        var owners = scene.OwnersSoon(() => scene.Owners(actor.Local, actor.Remote), owners => owners is [{ } one] && one.Pid == actor.Child);

        Assert.Equal([actor.Child], owners.Select(owner => owner.Pid));
    }

    [RootFact]
    public void ADescriptorInTwoProcessesIsBoths()
    {
        using var scene = new Scene();
        using var listener = Talk.Listen(Loopback);
        using var actor = Actor.Start("shared", "127.0.0.1", Port(listener));
        using var accepted = listener.Accept();

        var owners = scene.OwnersSoon(() => scene.Owners(actor.Local, actor.Remote), owners => owners.Count == 2);

        Assert.Equal(new[] { actor.Pid, actor.Child }.Order(), owners.Select(owner => owner.Pid).Order());
    }

    [RootFact]
    public void AChildThatGoesOnAloneIsTheOwner()
    {
        using var scene = new Scene();
        using var listener = Talk.Listen(Loopback);
        using var actor = Actor.Start("forked", "127.0.0.1", Port(listener));
        using var accepted = listener.Accept();
        var (local, remote) = ((IPEndPoint)accepted.RemoteEndPoint!, (IPEndPoint)accepted.LocalEndPoint!);

        var owners = scene.OwnersSoon(() => scene.Owners(local, remote), owners => owners is [{ } one] && one.Pid == actor.Child);

        Assert.Equal([actor.Child], owners.Select(owner => owner.Pid));
    }

    [RootFact]
    public void OfProcessesThatListenTogetherTheOneThatAnsweredIsNamed()
    {
        using var scene = new Scene();
        using var actor = Actor.Start("preforked", "127.0.0.1", "3");
        var to = new IPEndPoint(IPAddress.Loopback, actor.Port);
        for (var turn = 0; turn < 100; turn++)
        {
            using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            client.Connect(to);
            var from = (IPEndPoint)client.LocalEndPoint!;
            Assert.DoesNotContain(scene.Owners(to, from), owner => owner.Pid == actor.Pid);

            client.Send("x"u8);
            var answer = new byte[16];
            var worker = int.Parse(Encoding.ASCII.GetString(answer, 0, client.Receive(answer)));

            var owners = scene.Owners(to, from); // it is open over there
            Assert.True(owners is [{ } early] && early.Pid == worker, $"turn {turn}: {worker} accepted, and {string.Join(", ", owners)} is named");
            client.Send("x"u8);
            client.Receive(answer); // closed over there

            owners = scene.Owners(to, from);
            Assert.True(owners is [{ } one] && one.Pid == worker, $"turn {turn}: {worker} answered, and {string.Join(", ", owners)} is named");
        }
    }

    [RootFact]
    public void AThreadsConnectionHasTheNameOfTheGroup()
    {
        using var scene = new Scene();
        using var listener = Talk.Listen(Loopback);
        using var actor = Actor.Start("from_thread", "127.0.0.1", Port(listener));

        var owner = Assert.Single(scene.Owners(actor.Local, actor.Remote));

        Assert.Equal((actor.Pid, "the-group"), (owner.Pid, owner.Name));
    }

    [RootTheory]
    [InlineData("1b5b33316d0a78", "\u001b[31m\nx")]
    [InlineData("fffe80c041", "\ufffd\ufffd\ufffd\ufffdA")]
    [InlineData("e2808e61", "\u200ea")]
    public void AHostileNameIsTextAndNothingElse(string bytes, string expected)
    {
        using var scene = new Scene();
        using var listener = Talk.Listen(Loopback);
        using var actor = Actor.Start("named", bytes, "127.0.0.1", Port(listener));

        var owner = Assert.Single(scene.Owners(actor.Local, actor.Remote));

        Assert.Equal(expected, owner.Name);
    }

    [RootTheory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("::1", "::1")]
    [InlineData("::", "127.0.0.1")]
    [InlineData("::", "::1")]
    public void AServersAcceptedConnectionIsTheServers(string at, string to)
    {
        using var scene = new Scene();
        using var actor = Actor.Start("served", at);
        var end = new IPEndPoint(IPAddress.Parse(to), actor.Port);
        using var client = new Socket(end.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(end);

        var owner = Assert.Single(scene.Owners(end, (IPEndPoint)client.LocalEndPoint!));

        Assert.Equal(actor.Pid, owner.Pid);
    }

    [RootTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void AServerThatSpeaksMultipathTcpHasItsConnections(bool isOlder)
    {
        Assert.SkipUnless(File.Exists("/proc/sys/net/mptcp/enabled"), "a kernel without Multipath TCP");
        using var older = isOlder ? Actor.Start("served_by_mptcp", "127.0.0.1") : null;
        _ = older?.Port;
        using var scene = new Scene();
        using var younger = isOlder ? null : Actor.Start("served_by_mptcp", "127.0.0.1");
        var actor = older ?? younger!;
        var end = new IPEndPoint(IPAddress.Loopback, actor.Port);
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(end);

        var owner = Assert.Single(scene.Owners(end, (IPEndPoint)client.LocalEndPoint!));

        Assert.Equal(actor.Pid, owner.Pid);
    }

    [RootTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void BothEndsOfAConnectionOfMultipathTcpAreTheirProcesses(bool isServerToo)
    {
        Assert.SkipUnless(File.Exists("/proc/sys/net/mptcp/enabled"), "a kernel without Multipath TCP");
        using var scene = new Scene();
        using var server = Actor.Start(isServerToo ? "served_by_mptcp" : "served", "127.0.0.1");
        using var client = Actor.Start("connected_by_mptcp", "127.0.0.1", $"{server.Port}");
        var (near, far) = (client.Local, client.Remote);

        Assert.Equal(client.Pid, Assert.Single(scene.Owners(near, far)).Pid);
        Assert.Equal(server.Pid, Assert.Single(scene.Owners(far, near)).Pid);
        client.GoOn(); // and closes it
        var closedNs = Scene.NowNs() + 1_000_000_000;
        Assert.Empty(scene.OwnersSoon(
            () => scene.Between(closedNs, closedNs, Rheo.Model.Transport.Tcp, near, far), owners => owners.Count == 0));
    }

    [RootFact]
    public void AConnectionOfMultipathTcpThatIsOlderIsFoundWithItsProcesses()
    {
        Assert.SkipUnless(File.Exists("/proc/sys/net/mptcp/enabled"), "a kernel without Multipath TCP");
        using var server = Actor.Start("served_by_mptcp", "127.0.0.1");
        using var client = Actor.Start("connected_by_mptcp", "127.0.0.1", $"{server.Port}");
        var (near, far) = (client.Local, client.Remote);
        Shell.Run("ss", "-tne"); // gives each TCP socket its cookie, as whoever watches connections does
        using var scene = new Scene();

        Assert.Equal(client.Pid, Assert.Single(scene.Owners(near, far)).Pid);
        Assert.Equal(server.Pid, Assert.Single(scene.Owners(far, near)).Pid);
    }

    [RootFact]
    public void ADaemonThatGivesUpRootIsItsUsers()
    {
        using var scene = new Scene();
        using var actor = Actor.Start("becoming", "127.0.0.1", "65534");
        var end = new IPEndPoint(IPAddress.Loopback, actor.Port);
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        client.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        client.SendTo("x"u8, end);
        actor.GoOn();
        client.Receive(new byte[10]);

        var owner = Assert.Single(scene.Owners(end, (IPEndPoint)client.LocalEndPoint!, Transport.Udp));

        Assert.Equal((actor.Pid, 65534u), (owner.Pid, owner.Uid));
    }

    [RootFact]
    public void ProcessesThatSendInTurnsByOneSocketAreToldOnceEach()
    {
        using var scene = new Scene();
        using var actor = Actor.Start("taking_turns", "127.0.0.1", "500");
        _ = actor.Port;
        scene.AwaitWalk();
        var before = scene.Capture.Health.Records;
        actor.GoOn();
        _ = actor.Child;
        scene.AwaitWalk(); // the books are read then

        Assert.InRange((long)scene.Capture.Health.Records - (long)before, 0L, 400L); // others on this machine have sockets, too
    }

    [RootTheory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("0.0.0.0", "127.0.0.1")]
    [InlineData("::1", "::1")]
    [InlineData("::", "127.0.0.1")]
    public void AServerOfDatagramsIsFound(string at, string to)
    {
        using var scene = new Scene();
        using var actor = Actor.Start("datagrams", at);
        var end = new IPEndPoint(IPAddress.Parse(to), actor.Port);
        using var client = new Socket(end.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        client.Connect(end);
        client.Send("x"u8);
        client.Receive(new byte[10]);
        var from = (IPEndPoint)client.LocalEndPoint!;

        Assert.Equal(actor.Pid, Assert.Single(scene.Owners(end, from, Transport.Udp)).Pid);
        Assert.Equal(Environment.ProcessId, Assert.Single(scene.Owners(from, end, Transport.Udp)).Pid);
    }

    [RootTheory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    public void AConnectedSocketOfDatagramsIsFoundAtOnceAndWhileItIsOpen(string address)
    {
        using var scene = new Scene();
        var to = new IPEndPoint(IPAddress.Parse(address), 9);
        for (var turn = 0; turn < 50; turn++)
        {
            using var client = new Socket(to.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            if (to.Address.IsIPv4MappedToIPv6)
                client.DualMode = true;
            client.Connect(to);

            var owners = scene.Owners(Plain(client.LocalEndPoint!), Plain(to), Transport.Udp);

            Assert.True(owners is [{ } one] && one.Pid == Environment.ProcessId, $"turn {turn}: {string.Join(", ", owners)}");
        }
    }

    private static IPEndPoint Plain(EndPoint end)
    {
        var at = (IPEndPoint)end;
        return at.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(at.Address.MapToIPv4(), at.Port) : at;
    }

    private static string Port(Socket listener) => ((IPEndPoint)listener.LocalEndPoint!).Port.ToString();
}
