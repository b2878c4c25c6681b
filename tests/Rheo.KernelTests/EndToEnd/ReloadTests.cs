using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Rheo.KernelTests.Links;
using Rheo.Packets;
using Xunit;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>What a service manager does with an agent: it hears of the start, asks for a reload, hears of it, and of the end.</summary>
public sealed class ReloadTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("rheo-t-").FullName;

    [RootFact]
    public void AReloadTakesOtherInterfacesAndKeepsWhatNeedsARestart()
    {
        var (left, right) = TestNamespace.CreatePair();
        using var host = left;
        using var other = right;
        var file = Write("interface: left\n");
        using var agent = RheoProcess.StartAgent(host, "--config", file);
        other.Ping("10.9.9.1", 5);
        Assert.Equal(10UL, agent.AwaitMetrics(page => page.Sum("rheo_flow_packets_total", "icmp") == 10).Sum("rheo_flow_packets_total", "icmp"));

        Write("interface: lo\nlisten: 127.0.0.1:9999\n");
        agent.Reload();
        agent.AwaitMessage("reloaded: interface is now lo");
        agent.AwaitMessage("reloaded: listen needs a restart; it stays 127.0.0.1:9460");
        var gone = agent.AwaitMetrics(page => page.Sum("rheo_flow_gone_packets_total", "icmp") == 10);
        Assert.Equal(10UL, gone.Sum("rheo_flow_gone_packets_total", "icmp"));
        other.Ping("10.9.9.1", 5);
        host.Run(SayOverLoopback);

        var page = agent.AwaitMetrics(page => page.Sum("rheo_flow_packets_total", "lo", "udp") > 0);
        Assert.Equal(1UL, page.Sum("rheo_flow_packets_total", "lo", "udp"));
        Assert.Equal(10UL, page.Sum("rheo_flow_packets_total", "icmp") + page.Sum("rheo_flow_gone_packets_total", "icmp"));
        Assert.Equal(0, agent.End());
    }

    [RootFact]
    public void AfterAReloadCommandsAreToldWhatIsWatchedNow()
    {
        File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101); // the core, of another user, has a folder of its own in it
        using var space = TestNamespace.Create();
        var (file, path) = (Write("max_conversations: 1000\n"), Path.Combine(_folder, "own", "rheo.sock"));
        using var agent = RheoProcess.StartAgent(space, "--config", file, "--socket", path);

        Write("max_conversations: 1000\ninterface: lo\n");
        agent.Reload();
        agent.AwaitMessage("reloaded: interface is now lo");

        Assert.True(SpinWait.SpinUntil(() => Refusal(space, path).Contains("watches some interfaces only: -i lo", StringComparison.Ordinal), TimeSpan.FromSeconds(20)));
        Assert.Equal(0, agent.End());
    }

    [RootFact]
    public void AskedToReloadAgainAndAgainWhileItLoadsItStartsAllTheSame()
    {
        using var space = TestNamespace.Create();
        using var agent = RheoProcess.Start(space, "agent");
        for (var watch = Stopwatch.StartNew(); agent.CoreId is null && watch.Elapsed < s_patience;)
            Thread.Sleep(1); // its core begins once it hears signals, and before it loads

        for (var watch = Stopwatch.StartNew(); !Serves(agent) && !agent.HasExited && watch.Elapsed < s_patience; Thread.Sleep(10))
            agent.Reload();

        Assert.True(Serves(agent), agent.Errors);
        Assert.Equal(1UL, agent.AwaitMetrics(page => page.Sum("rheo_kernel_object_loaded", "tcp") == 1).Sum("rheo_kernel_object_loaded", "tcp"));
        Assert.Equal(0, agent.End());
    }

    private static bool Serves(RheoProcess agent) => agent.Errors.Contains("serving http://", StringComparison.Ordinal);

    private static string Refusal(TestNamespace space, string path)
    {
        using var flows = RheoProcess.Start(space, "flows", "--agent", path, "--duration", "100ms");
        flows.AwaitErrors(() => flows.HasExited);
        return flows.Errors;
    }

    [RootFact]
    public void AMistakeInTheFileChangesNothing()
    {
        using var space = TestNamespace.Create();
        var file = Write("interface: lo\n");
        using var agent = RheoProcess.StartAgent(space, "--config", file);

        Write("interface: lo\nexlude: eth0\n");
        agent.Reload();

        agent.AwaitMessage($"not reloaded: {file}:2:1: unknown setting 'exlude'; did you mean 'exclude'?");
        Assert.Equal(0, agent.End());
    }

    [RootFact]
    public void WhatAHostileFileSaysIsPrintedHarmlessly()
    {
        using var space = TestNamespace.Create();
        var file = Write("interface: lo\n");
        using var agent = RheoProcess.StartAgent(space, "--config", file);
        for (var at = 0; at < HostileText.Attacks.Count; at++)
        {
            Write($"interface: {(at % 2 == 0 ? $"[lo, {JsonSerializer.Serialize(HostileText.Attacks[at])}]" : HostileText.Attacks[at])}\n");
            var before = Reloads(agent);
            agent.Reload();
            agent.AwaitErrors(() => Reloads(agent) > before);
        }

        Assert.True(Reloads(agent) >= HostileText.Attacks.Count); // a file may have several mistakes
        Assert.Null(HostileText.FirstSteered(agent.Errors));
        Assert.Equal(0, agent.End());
    }

    private static int Reloads(RheoProcess agent) =>
        agent.Errors.Split('\n').Where(line => line.Contains("reloaded: ", StringComparison.Ordinal)).Count();

    [RootFact]
    public void TheServiceManagerHearsOfStartReloadLifeAndEnd()
    {
        using var space = TestNamespace.Create();
        var path = Path.Combine(_folder, "notify");
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 20_000 };
        systemd.Bind(new UnixDomainSocketEndPoint(path));
        var file = Write("interface: lo\n");
        using var agent = RheoProcess.StartCommand(
            space,
            [.. RheoProcess.Command, "agent", "--config", file],
            new Dictionary<string, string> { ["NOTIFY_SOCKET"] = path, ["WATCHDOG_USEC"] = "1000000" });

        Assert.Equal("READY=1\nSTATUS=Serving http://127.0.0.1:9460/", Next(systemd));
        Assert.Equal("WATCHDOG=1", Next(systemd));
        agent.Reload();
        Assert.StartsWith("RELOADING=1\nMONOTONIC_USEC=", NextOther(systemd), StringComparison.Ordinal);
        Assert.StartsWith("READY=1\n", NextOther(systemd), StringComparison.Ordinal);
        Assert.Equal("WATCHDOG=1", Next(systemd));
        Assert.Equal(0, agent.End());
        Assert.StartsWith("STOPPING=1", NextOther(systemd), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Next(Socket socket)
    {
        var buffer = new byte[1024];
        return Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer));
    }

    private static string NextOther(Socket socket)
    {
        string said;
        do
            said = Next(socket);
        while (said == "WATCHDOG=1");
        return said;
    }

    private string Write(string text)
    {
        var file = Path.Combine(_folder, "rheo.yaml");
        File.WriteAllBytes(file, Encoding.UTF8.GetBytes(text)); // half a character becomes a whole one
        return file;
    }

    private static void SayOverLoopback()
    {
        using var from = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        using var to = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        from.Send([1], (IPEndPoint)to.Client.LocalEndPoint!);
    }
}
