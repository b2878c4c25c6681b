using System.Net;
using System.Net.Sockets;
using Rheo.KernelTests.Links;
using Rheo.Model;
using Xunit;

namespace Rheo.KernelTests.Owners;

/// <summary>Sockets of other network namespaces: those that are there, those that come, those that go.</summary>
public sealed class NamespaceOwnerTests
{
    [RootFact]
    public void BothEndsInTwoOtherNamespacesAreKnown()
    {
        using var scene = new Scene();
        var (left, right) = TestNamespace.CreatePair();
        using (left)
        using (right)
        {
            using var server = Actor.StartIn(right.Name, "served", "0.0.0.0");
            var to = new IPEndPoint(IPAddress.Parse("10.9.9.2"), server.Port);
            using var client = Actor.StartIn(left.Name, "connected", "10.9.9.2", server.Port.ToString());

            Assert.Equal(client.Pid, Assert.Single(scene.Owners(client.Local, to)).Pid);
            Assert.Equal(server.Pid, Assert.Single(scene.Owners(to, client.Local)).Pid);
        }
    }

    [RootFact]
    public void AServerBoundToNoAddressOwnsWhatComesToItsNamespaceAndNothingElse()
    {
        using var scene = new Scene();
        var (left, right) = TestNamespace.CreatePair();
        using (left)
        using (right)
        {
            using var server = Actor.StartIn(right.Name, "datagrams", "0.0.0.0");
            var port = server.Port;
            var from = new IPEndPoint(IPAddress.Parse("10.9.9.1"), 4000);

            Assert.Equal(server.Pid, Assert.Single(scene.Owners(new(IPAddress.Parse("10.9.9.2"), port), from, Transport.Udp)).Pid);
            Assert.Empty(scene.Owners(new(IPAddress.Parse("10.9.9.3"), port), from, Transport.Udp));
            Assert.Empty(scene.Owners(new(IPAddress.Parse("10.9.9.1"), port), from, Transport.Udp));
        }
    }

    [RootFact]
    public void ANamespaceThatGoesTakesItsSocketsAlong()
    {
        using var scene = new Scene();
        IPEndPoint from, to;
        var (left, right) = TestNamespace.CreatePair();
        using (left)
        using (right)
        {
            using var server = Actor.StartIn(right.Name, "served", "0.0.0.0");
            using var client = Actor.StartIn(left.Name, "connected", "10.9.9.2", server.Port.ToString());
            (from, to) = (client.Local, client.Remote);
            Assert.Single(scene.Owners(from, to));
        }

        Thread.Sleep(100);
        var gone = Scene.NowNs();
        Assert.Empty(scene.Owners(from, to, sinceNs: gone));
        Assert.Empty(scene.Owners(to, from, sinceNs: gone));
    }

    [RootFact]
    public void TheSameEndsInTwoNamespacesAreNobodys()
    {
        using var scene = new Scene();
        using var one = TestNamespace.Create();
        using var other = TestNamespace.Create();
        using var first = one.Run(() => Bound(7007));
        using var second = other.Run(() => Bound(7007));
        using var theirs = Actor.StartIn(one.Name, "datagrams", "127.0.0.1");
        Assert.NotEqual(0, theirs.Port);

        // Loopback addresses are asked for where the flows are seen: here.
        Assert.Empty(scene.Owners(new(IPAddress.Loopback, theirs.Port), new(IPAddress.Loopback, 9), Transport.Udp));
        Assert.Equal(Environment.ProcessId, Assert.Single(scene.Owners(new(IPAddress.Parse("198.51.100.7"), 7007), new(IPAddress.Loopback, 9), Transport.Udp)).Pid);
    }

    // Both of this process, so that they agree.
    private static Socket Bound(int port)
    {
        Shell.Run("ip", "addr", "replace", "198.51.100.7/32", "dev", "lo");
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Parse("198.51.100.7"), port));
        return socket;
    }
}
