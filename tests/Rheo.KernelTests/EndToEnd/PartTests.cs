using System.Net;
using System.Text.Json;
using Rheo.KernelTests.Links;
using Xunit;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>The optional kernel objects in the agent: there by themselves, left out when asked, and nothing else hangs on them.</summary>
public sealed class PartTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    [RootFact]
    public void TheDropObjectIsHandedToTheCore()
    {
        using var space = TestNamespace.Create();
        using var agent = RheoProcess.StartAgent(space);

        Assert.Equal(1UL, agent.AwaitMetrics(page => page.Sum("rheo_kernel_object_loaded", "drop") == 1).Sum("rheo_kernel_object_loaded", "drop"));
        Assert.DoesNotContain("without the drop object", agent.Errors, StringComparison.Ordinal);
    }

    [RootFact]
    public void ACoreThatReplacesAnotherGetsItToo()
    {
        using var space = TestNamespace.Create();
        using var agent = RheoProcess.StartAgent(space);

        agent.Kill(agent.CoreId!.Value);
        agent.AwaitServing(2);

        Assert.Equal(1UL, agent.AwaitMetrics(page => page.Sum("rheo_kernel_object_loaded", "drop") == 1).Sum("rheo_kernel_object_loaded", "drop"));
    }

    [RootFact]
    public void APartIsLeftOutWhenAsked()
    {
        using var space = TestNamespace.Create();
        using var agent = RheoProcess.StartAgent(space, "--without", "drop");

        var page = agent.AwaitMetrics(page => page.Sum("rheo_scans_total") > 0);

        Assert.True(page.Sum("rheo_scans_total") > 0);
        Assert.False(page.Has("rheo_kernel_object_loaded", "drop"));
        Assert.False(page.Has("rheo_dropped_packets_total"));
    }

    [RootFact]
    public void TheAgentTellsWhatWasDroppedOnItsMetricsAndByItsApi()
    {
        var (left, right) = TestNamespace.CreatePair();
        using var host = left;
        using var other = right;
        host.Ping();
        using var agent = RheoProcess.StartAgent(host);

        other.Run(() => Drops.Datagrams.Send(new IPEndPoint(IPAddress.Parse("10.9.9.1"), 7777), 200));

        // Of all namespaces of this machine: others drop, too.
        Assert.True(agent.AwaitMetrics(page => page.Sum("rheo_dropped_packets_total", "NO_SOCKET") >= 200).Sum("rheo_dropped_packets_total", "NO_SOCKET") >= 200);
        string answer = "";
        Assert.True(SpinWait.SpinUntil(() => (answer = host.Run(() => MetricsPage.Get(9460, "/api/v1/drops?by=flow&filter=udp+and+dst+port+7777"))).Contains("\"packets\":200", StringComparison.Ordinal), s_patience), answer);
        using var document = JsonDocument.Parse(answer.Split("\r\n\r\n", 2)[1]);
        var row = Assert.Single(document.RootElement.GetProperty("drops").EnumerateArray());
        Assert.Equal(("NO_SOCKET", "left"), (row.GetProperty("reason").GetString(), row.GetProperty("interface").GetString()));
        Assert.StartsWith("__udp4_lib_rcv", row.GetProperty("place").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(document.RootElement.GetProperty("examples").EnumerateArray());
    }

    [RootFact]
    public void ThreeCapabilitiesAreEnoughForDrops()
    {
        using var space = TestNamespace.Create();
        const string wanted = "+bpf,+perfmon,+net_admin";
        using var drops = RheoProcess.StartCommand(
            space,
            ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "--inh-caps", wanted, "--ambient-caps", wanted, .. RheoProcess.Command, "drops", "--duration", "3s", "-o", "json", "udp", "and", "dst", "port", "7777"]);
        drops.AwaitMessage("watching what the kernel drops");
        space.Run(() => Drops.Datagrams.Send(new IPEndPoint(IPAddress.Loopback, 7777), 100));

        Assert.Equal(0, drops.WaitForExit());
        Assert.True(SpinWait.SpinUntil(() => drops.Output.Contains('}', StringComparison.Ordinal), s_patience), drops.Errors);
        using var row = JsonDocument.Parse(drops.Output.Trim());
        Assert.Equal(("NO_SOCKET", "lo", 100), (row.RootElement.GetProperty("reason").GetString(), row.RootElement.GetProperty("interface").GetString(), row.RootElement.GetProperty("packets").GetInt32()));
        Assert.StartsWith("__udp4_lib_rcv", row.RootElement.GetProperty("place").GetString(), StringComparison.Ordinal);
    }
}
