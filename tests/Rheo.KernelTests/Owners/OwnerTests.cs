using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Rheo.Bpf;
using Rheo.Bpf.Interop;
using Rheo.KernelTests.Links;
using Rheo.Model;
using Xunit;

namespace Rheo.KernelTests.Owners;

/// <summary>Real sockets of real processes: whose they are.</summary>
public sealed class OwnerTests
{
    private static readonly IPEndPoint Loopback = new(IPAddress.Loopback, 0);

    [RootFact]
    public void BothEndsOfAConnectionAreThisProcess()
    {
        using var scene = new Scene();
        using var talk = Talk.Over(Loopback);

        var client = Assert.Single(scene.Owners(talk.ClientEnd, talk.ServerEnd));
        var server = Assert.Single(scene.Owners(talk.ServerEnd, talk.ClientEnd));

        Assert.Equal((Environment.ProcessId, Environment.ProcessId), (client.Pid, server.Pid));
        Assert.Equal(Environment.ProcessPath, client.Executable);
        Assert.Equal(File.ReadAllText("/proc/self/comm").Trim(), client.Name);
        Assert.Equal(0u, client.Uid);
    }

    [RootFact]
    public void AProcessOfAFewMillisecondsIsNamedAfterItsEnd()
    {
        using var scene = new Scene();
        using var listener = Talk.Listen(Loopback);
        var to = (IPEndPoint)listener.LocalEndPoint!;
        var process = Process.Start("bash", ["-c", $"exec 3<>/dev/tcp/127.0.0.1/{to.Port}"]);
        process.WaitForExit();
        using var accepted = listener.Accept();

        var owner = Assert.Single(scene.Owners((IPEndPoint)accepted.RemoteEndPoint!, to));

        Assert.Equal((process.Id, "bash"), (owner.Pid, owner.Name));
        Assert.EndsWith("/bash", owner.Executable);
    }

    [RootFact]
    public void ASocketOlderThanTheCaptureIsFoundAtItsStart()
    {
        using var talk = Talk.Over(Loopback);
        var before = Scene.NowNs();
        Thread.Sleep(20);
        using var scene = new Scene();

        var owner = Assert.Single(scene.Owners(talk.ClientEnd, talk.ServerEnd, sinceNs: before));

        Assert.Equal(Environment.ProcessId, owner.Pid);
    }

    [RootFact]
    public void AUnitThatOnlySystemdsOwnHierarchyNamesIsKnown()
    {
        var unit = $"rheo-t{Environment.ProcessId}.service";
        var folder = Path.Combine("/sys/fs/cgroup/systemd", unit);
        Assert.SkipUnless(Directory.Exists("/sys/fs/cgroup/systemd"), "needs cgroup v1 with systemd's hierarchy beside v2");
        Assert.SkipUnless(File.ReadAllLines("/proc/self/cgroup").Contains("0::/"), "this process is in a cgroup of v2");
        Directory.CreateDirectory(folder);
        try
        {
            using var scene = new Scene();
            using var listener = Talk.Listen(Loopback);
            using (var actor = Actor.Start("moved", Path.Combine(folder, "cgroup.procs"), "127.0.0.1", $"{((IPEndPoint)listener.LocalEndPoint!).Port}"))
            {
                var owner = Assert.Single(scene.Owners(actor.Local, actor.Remote));
                Assert.Equal((actor.Pid, unit), (owner.Pid, owner.Unit));
            }
        }
        finally
        {
            Directory.Delete(folder);
        }
    }

    [RootFact]
    public void ADatagramsSenderIsKnown()
    {
        using var scene = new Scene();
        using var receiver = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        receiver.Bind(Loopback);
        using var sender = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        sender.SendTo(new byte[10], receiver.LocalEndPoint!);
        var from = new IPEndPoint(IPAddress.Loopback, ((IPEndPoint)sender.LocalEndPoint!).Port);
        var to = (IPEndPoint)receiver.LocalEndPoint!;

        Assert.Equal(Environment.ProcessId, Assert.Single(scene.Owners(from, to, Transport.Udp)).Pid);
        Assert.Equal(Environment.ProcessId, Assert.Single(scene.Owners(to, from, Transport.Udp)).Pid);
    }

    [RootFact(Kernel = "5.12")]
    public void WithNoDescriptorLeftNobodyIsNamedAndTheReaderFailsByItself()
    {
        using var scene = new Scene();
        using var sender = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        sender.Connect(IPAddress.Loopback, 9); // its port is learnt by a walk
        var from = (IPEndPoint)sender.LocalEndPoint!;

        WithoutDescriptors(() => Assert.Empty(scene.Owners(from, new IPEndPoint(IPAddress.Loopback, 9), Transport.Udp)));

        Assert.Throws<BpfException>(() => scene.Capture.Drain());
    }

    private static void WithoutDescriptors(Action act)
    {
        const int Descriptors = 7; // RLIMIT_NOFILE
        var words = File.ReadLines("/proc/self/limits").First(line => line.StartsWith("Max open files", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var (soft, hard) = (ulong.Parse(words[3], CultureInfo.InvariantCulture), ulong.Parse(words[4], CultureInfo.InvariantCulture));
        Assert.Equal(0, Libc.setrlimit(Descriptors, [0, hard]));
        try
        {
            act();
        }
        finally
        {
            Assert.Equal(0, Libc.setrlimit(Descriptors, [soft, hard]));
        }
    }
}
