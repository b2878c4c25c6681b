using System.Text.Json;
using Rheo.KernelTests.Links;
using Xunit;

namespace Rheo.KernelTests.EndToEnd;

/// <summary><c>rheo cost</c> beside an agent, alone, and without the right to measure; and the agent's own samples.</summary>
public sealed class CostTests
{
    [RootFact]
    public void TheRunningAgentsProgramsAndProcessesAreMeasured()
    {
        var (left, right) = TestNamespace.CreatePair();
        using var host = left;
        using var other = right;
        using var agent = RheoProcess.StartAgent(host);
        using var cost = RheoProcess.Start(host, "cost", "-o", "json", "--duration", "4s");
        while (!cost.HasExited)
            other.Ping("10.9.9.1", 20);

        Assert.Equal(0, cost.WaitForExit());
        var report = JsonDocument.Parse(cost.Output).RootElement;
        Assert.Equal("agent", report.GetProperty("measured").GetString());
        var ingress = Program(report, "flow_ingress_l2");
        Assert.InRange(ingress.GetProperty("runs").GetInt64(), 20, 1_000_000);
        Assert.InRange(ingress.GetProperty("ns_per_run").GetDouble(), 5, 100_000);
        Assert.InRange(Program(report, "drop_skb").GetProperty("runs").GetInt64(), 1, long.MaxValue); // each ping to its own leaves packets to be let go
        Assert.DoesNotContain(report.GetProperty("kernel").GetProperty("programs").EnumerateArray(), one => one.GetProperty("program").GetString() == "tcp_walk");
        Assert.NotEmpty(report.GetProperty("user").GetProperty("processes").EnumerateArray());
        Assert.InRange(report.GetProperty("user").GetProperty("core_percent").GetDouble(), 0.001, 100);
    }

    [RootFact]
    public void WithoutAnAgentACaptureOfItsOwnIsMeasured()
    {
        using var host = TestNamespace.Create();
        using var cost = RheoProcess.Start(host, "cost", "-o", "json");

        Assert.Equal(0, cost.WaitForExit());
        Assert.Contains("no agent runs", cost.Errors, StringComparison.Ordinal);
        var report = JsonDocument.Parse(cost.Output).RootElement;
        Assert.Equal("own_capture", report.GetProperty("measured").GetString());
        Assert.Equal(2, report.GetProperty("kernel").GetProperty("programs").GetArrayLength());
    }

    [RootFact]
    public void WithoutTheRightToMeasureItSaysWhichOne()
    {
        using var host = TestNamespace.Create();
        using var cost = RheoProcess.StartCommand(
            host, ["setpriv", "--bounding-set=-sys_admin", "--inh-caps=-sys_admin", .. RheoProcess.Command, "cost"]);

        Assert.Equal(3, cost.WaitForExit());
        Assert.Contains("CAP_SYS_ADMIN", cost.Errors, StringComparison.Ordinal);
    }

    [RootFact]
    public void TheAgentSamplesItselfNowAndThen()
    {
        var (left, right) = TestNamespace.CreatePair();
        using var host = left;
        using var other = right;
        using var agent = RheoProcess.StartAgent(host, "--sample-interval", "2s");
        var page = agent.AwaitMetrics(page =>
        {
            other.Ping("10.9.9.1", 20);
            return page.Sum("rheo_bpf_program_runs_total", "flow_ingress_l2") > 0;
        });

        Assert.InRange(page.Sum("rheo_bpf_program_runs_total", "flow_ingress_l2"), 1UL, 1_000_000UL);
        Assert.InRange(page.Sum("rheo_bpf_sampled_seconds_total"), 1UL, 100UL);
        Assert.Equal(1UL, page.Sum("rheo_bpf_sampling_permitted"));
    }

    private static JsonElement Program(JsonElement report, string name) => report.GetProperty("kernel").GetProperty("programs").EnumerateArray()
        .Single(program => program.GetProperty("program").GetString() == name);
}
