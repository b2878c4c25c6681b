using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Rheo.KernelTests.Links;
using Xunit;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>What can be wrong around the program: it says what and what to do, on stderr, and its exit code tells the kind.</summary>
public sealed class BadInputTests
{
    private const int Failure = 1;
    private const int Usage = 2;
    private const int MissingSupport = 3;

    [RootFact]
    public void WrongWordsAreToldWithTheRightOnesOrTheirPlace()
    {
        using var space = TestNamespace.Create();
        Expect(space, Usage, "--interface", ["flows", "--interfase", "eth0"]);
        Expect(space, Usage, "^", ["flows", "host", "10.0.0.1", "und", "port", "53"]);
    }

    [RootFact]
    public void WithoutRightsTheCapabilityIsNamed()
    {
        using var space = TestNamespace.Create();
        string[] nobody = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "--bounding-set", "-all", "--inh-caps", "-all"];
        Expect(space, MissingSupport, "CAP_BPF", nobody, ["flows", "--duration", "1s"]);
        Expect(space, MissingSupport, "CAP_BPF", nobody, ["agent"]);
    }

    [RootFact]
    public void AKernelThatHidesItsTypesIsNoHindrance()
    {
        using var space = TestNamespace.Create();
        string[] hidden = ["unshare", "--mount", "sh", "-c", "mount -t tmpfs none /sys/kernel/btf && exec \"$@\"", "sh"];
        using var flows = RheoProcess.StartCommand(space, [.. hidden, .. RheoProcess.Command, "flows", "--duration", "1s"]);
        flows.AwaitMessage("watching lo");
        space.Run(SayOverLoopback);
        Assert.Equal(0, flows.WaitForExit());
        Assert.Contains("127.0.0.1", flows.Output, StringComparison.Ordinal);
    }

    [RootFact]
    public void AnInterfaceThatDoesNotExistIsAFailureWithThoseThatDo()
    {
        using var space = TestNamespace.Create();
        Expect(space, Failure, "lo", ["flows", "-i", "rheo-t-none", "--duration", "1s"]);
    }

    [RootFact]
    public void APortInUseIsAFailureThatNamesThePort()
    {
        using var space = TestNamespace.Create();
        using var taken = space.Run(() => Listen(9460));
        Expect(space, Failure, "9460", ["agent"]);
    }

    [RootFact]
    public void AnInterfaceThatVanishesWhileItIsWatchedEndsNothing()
    {
        var (left, right) = TestNamespace.CreatePair();
        using var host = left;
        using var other = right;
        using var agent = RheoProcess.StartAgent(host);
        other.Ping("10.9.9.1", 5);

        host.Ip("link del left");

        var page = agent.AwaitMetrics(page => page.Sum("rheo_flow_gone_packets_total", "icmp") == 10);
        Assert.Equal(10UL, page.Sum("rheo_flow_gone_packets_total", "icmp"));
        Assert.False(agent.HasExited);
        Assert.Equal(0, agent.End());
    }

    [RootFact]
    public void TheDataGoToStandardOutputWithoutEscapesAndTheMessagesToStandardError()
    {
        using var space = TestNamespace.Create();
        foreach (var environment in new Dictionary<string, string>[] { new() { ["NO_COLOR"] = "1" }, new() { ["TERM"] = "xterm-256color" } })
        {
            using var flows = RheoProcess.StartCommand(space, [.. RheoProcess.Command, "flows", "--duration", "2s"], environment);
            flows.AwaitMessage("watching lo");
            space.Run(SayOverLoopback);
            Assert.Equal(0, flows.WaitForExit());
            Assert.Contains("127.0.0.1", flows.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("watching", flows.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("127.0.0.1", flows.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain('\e', flows.Output + flows.Errors);
        }
    }

    [RootFact]
    public void AReaderThatHasGoneIsNoFailure()
    {
        using var space = TestNamespace.Create();
        using var flows = RheoProcess.StartCommand(
            space, ["bash", "-c", "\"$@\" | head -n 1; exit ${PIPESTATUS[0]}", "bash", .. RheoProcess.Command, "flows", "--follow", "-o", "json"]);
        flows.AwaitMessage("watching lo");

        for (var watch = Stopwatch.StartNew(); !flows.HasExited && watch.Elapsed < TimeSpan.FromSeconds(20); Thread.Sleep(100))
            space.Run(SayOverLoopback); // each talk is a new line

        Assert.Equal(0, flows.WaitForExit());
        Assert.Single(flows.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("pipe", flows.Errors, StringComparison.OrdinalIgnoreCase);
    }

    private static void Expect(TestNamespace space, int code, string said, string[] arguments) => Expect(space, code, said, [], arguments);

    private static void Expect(TestNamespace space, int code, string said, string[] before, string[] arguments)
    {
        using var rheo = RheoProcess.StartCommand(space, [.. before, .. RheoProcess.Command, .. arguments]);
        var ended = rheo.WaitForExit();
        Assert.True(code == ended, $"exit code {ended}: {rheo.Errors}");
        Assert.Contains(said, rheo.Errors, StringComparison.Ordinal);
        Assert.Empty(rheo.Output);
        Assert.DoesNotContain("   at ", rheo.Errors, StringComparison.Ordinal); // no stack is shown
    }

    private static TcpListener Listen(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return listener;
    }

    private static void SayOverLoopback()
    {
        using var from = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        using var to = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        from.Send([1], (IPEndPoint)to.Client.LocalEndPoint!);
    }
}
