using System.Text.Json;
using Rheo.Bpf;
using Rheo.KernelTests.Links;
using Xunit;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>The doctor on real machines: well, without rights, with others in the way, and with an agent.</summary>
public sealed class DoctorTests
{
    [RootFact]
    public void AMachineThatIsWellIsSaidToBeAndNothingIsLeft()
    {
        using var host = TestNamespace.Create();
        var before = Shell.Run("bpftool", "link", "list");

        var (code, report) = Examine(host);

        Assert.Equal(0, code);
        Assert.Equal(5, Statuses(report, "self_test.hook").Count(status => status == "ok"));
        Assert.Equal(["ok"], Statuses(report, "self_test.balance"));
        Assert.All(report.GetProperty("self_test_chain").EnumerateArray(), stage => Assert.True(stage.GetProperty("balanced").GetBoolean()));
        Assert.Equal(40, Stage(report, "self_test_chain", "wire"));
        Assert.Equal(24, Stage(report, "self_test_chain", "api"));
        Assert.DoesNotContain("probe0", host.Ip("link show"), StringComparison.Ordinal);
        Assert.Equal(before.Contains("probe", StringComparison.Ordinal), Shell.Run("bpftool", "link", "list").Contains("probe", StringComparison.Ordinal));
    }

    [RootFact]
    public void MissingCapabilitiesAreNamedWithTheirWayOutAndEndWith3()
    {
        using var host = TestNamespace.Create();

        using var doctor = RheoProcess.StartCommand(host, ["setpriv", "--bounding-set=-all", "--inh-caps=-all", .. RheoProcess.Command, "doctor", "-o", "json"]);
        Assert.Equal(3, doctor.WaitForExit());

        var report = JsonDocument.Parse(doctor.Output).RootElement;
        Assert.Equal(["fail"], Statuses(report, "capability.bpf"));
        Assert.Equal(["unknown"], Statuses(report, "self_test"));
        Assert.All(Findings(report).Where(finding => finding.GetProperty("status").GetString() == "fail"),
            finding => Assert.Contains("sudo", finding.GetProperty("fix").GetString(), StringComparison.Ordinal));
    }

    [RootFact]
    public void ARunningAgentIsFollowedToItsApi()
    {
        using var host = TestNamespace.Create();
        using var agent = RheoProcess.StartAgent(host);

        var (code, report) = Examine(host);

        Assert.Equal(0, code);
        Assert.Equal(["ok"], Statuses(report, "agent.probe"));
        Assert.Equal(["ok"], Statuses(report, "agent.table"));
        Assert.All(Statuses(report, "agent.balance"), status => Assert.Equal("ok", status));
        Assert.Equal(8, Stage(report, "agent_chain", "api"));
    }

    [RootFact]
    public void OfInterfacesThatHaveNoSeriesOfTheirOwnNoneIsMissed()
    {
        using var host = TestNamespace.Create();
        const int pairs = 40; // 64 interfaces have one
        for (var pair = 0; pair < pairs; pair++)
        {
            host.Ip($"link add a{pair} up type veth peer name b{pair}");
            host.Ip($"link set b{pair} up");
            host.Ip($"address add 10.77.{pair}.1/24 dev a{pair}");
        }

        using var agent = RheoProcess.StartAgent(host);
        // Nobody answers: each second a question who that is.
        using var asks = RheoProcess.StartCommand(
            host, ["bash", "-c", $"while :; do for pair in {{0..{pairs - 1}}}; do echo >/dev/udp/10.77.$pair.2/9; done; sleep 0.2; done"]);
        agent.AwaitMetrics(page => page.Sum("rheo_flow_packets_total", "other") > 0);

        var (code, report) = Examine(host);

        Assert.All(Statuses(report, "agent.balance"), status => Assert.Equal("ok", status));
        Assert.Equal(0, code);
    }

    [RootFact]
    public void TheAgentIsAskedWhereTheConfigurationLetsItListen()
    {
        using var host = TestNamespace.Create();
        using var agent = RheoProcess.StartAgent(host, "--listen", "127.0.0.1:9500");
        using var doctor = RheoProcess.StartCommand(
            host, [.. RheoProcess.Command, "doctor", "-o", "json"], new Dictionary<string, string> { ["RHEO_LISTEN"] = "127.0.0.1:9500" });

        Assert.Equal(0, doctor.WaitForExit());
        Assert.Equal(["ok"], Statuses(JsonDocument.Parse(doctor.Output).RootElement, "agent.probe"));
    }

    [RootFact(Kernel = "6.6")]
    public void AnAgentThatIsShadowedFailsItsBalanceAndTheCulpritIsNamed()
    {
        using var host = TestNamespace.Create();
        using var agent = RheoProcess.StartAgent(host);
        using var foreign = CountedPrograms.Load("tc_foreign");
        using var decides = host.Run(() => TcxLink.Attach(foreign["tc_foreign"], host.Ifindex("lo"), TcDirection.Ingress));

        var (code, report) = Examine(host);

        Assert.Equal(1, code);
        Assert.Equal(["fail"], Statuses(report, "agent.probe"));
        Assert.Contains("fail", Statuses(report, "agent.balance"));
        Assert.Contains(Findings(report), finding => finding.GetProperty("check").GetString() == "neighbours.before"
            && finding.GetProperty("summary").GetString()!.StartsWith("lo ingress: tcx program tc_foreign", StringComparison.Ordinal));
    }

    [RootFact]
    public void AForeignXdpProgramIsAWarningWithTheCommandThatTakesItAway()
    {
        var (left, right) = TestNamespace.CreatePair();
        using var host = left;
        using var other = right;
        using var foreign = CountedPrograms.Load("xdp_count");
        using var link = host.Run(() => XdpLink.Attach(foreign["xdp_count"], host.Ifindex("left"), XdpMode.Generic));

        var (code, report) = Examine(host);

        Assert.Equal(0, code);
        var finding = Assert.Single(Findings(report), finding => finding.GetProperty("check").GetString() == "neighbours.xdp");
        Assert.Contains("ip link set dev left xdp off", finding.GetProperty("fix").GetString(), StringComparison.Ordinal);
    }

    [RootFact]
    public void TheVerifierTellsOfEachProgram()
    {
        using var host = TestNamespace.Create();
        using var doctor = RheoProcess.Start(host, "doctor", "--verifier");

        Assert.Equal(0, doctor.WaitForExit());
        Assert.Contains("flow_ingress_l2: accepted, ", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("flow_egress_l3: accepted, ", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("socket_walk: accepted, ", doctor.Output, StringComparison.Ordinal);
    }

    private static (int Code, JsonElement Report) Examine(TestNamespace host)
    {
        using var doctor = RheoProcess.Start(host, "doctor", "-o", "json");
        var code = doctor.WaitForExit();
        Assert.Equal("", doctor.Errors);
        var report = JsonDocument.Parse(doctor.Output).RootElement;
        Assert.Equal(code, report.GetProperty("exit_code").GetInt32());
        return (code, report);
    }

    private static JsonElement.ArrayEnumerator Findings(JsonElement report) => report.GetProperty("findings").EnumerateArray();

    private static string[] Statuses(JsonElement report, string check) =>
        [.. Findings(report).Where(finding => finding.GetProperty("check").GetString() == check).Select(finding => finding.GetProperty("status").GetString()!)];

    private static long Stage(JsonElement report, string chain, string stage) =>
        report.GetProperty(chain).EnumerateArray().Single(one => one.GetProperty("stage").GetString() == stage).GetProperty("packets").GetInt64();
}
