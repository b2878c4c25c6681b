using System.Diagnostics;
using Rheo.KernelTests.Links;
using Xunit;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>The agent is two processes: one may load and attach and does nothing else, the other does the rest and may nothing.</summary>
public sealed class TwoProcessTests
{
    private const ulong BpfPerfmonNetAdmin = (1UL << 39) | (1UL << 38) | (1UL << 12);

    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    [RootFact]
    public void TheCoreHasNoRightsAtAllAndTheWardenThreeCapabilities()
    {
        using var space = TestNamespace.Create();
        using var agent = RheoProcess.StartAgent(space);

        var warden = ProcessStatus.Of(agent.Id);
        Assert.Equal(BpfPerfmonNetAdmin, warden.Capabilities("CapEff"));
        Assert.Equal(BpfPerfmonNetAdmin, warden.Capabilities("CapPrm"));
        var others = ProcessStatus.OfThreads(agent.Id).Where(thread => thread["Name"] is "interfaces" or "core listener").ToList();
        Assert.Equal(2, others.Count);
        Assert.All(others, thread => Assert.Equal(0UL, thread.Capabilities("CapEff") | thread.Capabilities("CapPrm")));
        Assert.All(ProcessStatus.OfThreads(agent.CoreId!.Value), core =>
        {
            Assert.All((string[])["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"], set => Assert.Equal(0UL, core.Capabilities(set)));
            Assert.Equal("1", core["NoNewPrivs"]);
            Assert.Equal("2", core["Seccomp"]); // a filter
            Assert.DoesNotContain(0, core.Users);
            Assert.Equal("", core["Groups"]);
        });
    }

    [RootFact]
    public void ACommandThatDoesAllByItselfKeepsThreeCapabilitiesOnceItIsAttached()
    {
        using var space = TestNamespace.Create();
        using var flows = RheoProcess.Start(space, "flows", "--follow");
        flows.AwaitMessage("watching lo");

        Assert.Equal(BpfPerfmonNetAdmin, ProcessStatus.Of(flows.Id).Capabilities("CapEff"));
        Assert.Equal(BpfPerfmonNetAdmin, ProcessStatus.Of(flows.Id).Capabilities("CapPrm"));
        Assert.Equal(0, flows.End());
    }

    [RootFact]
    public void TheCoreRunsAsTheUserThatIsAskedFor()
    {
        using var space = TestNamespace.Create();
        using var agent = RheoProcess.StartAgent(space, "--user", "nobody");

        Assert.Equal([65534, 65534, 65534, 65534], ProcessStatus.Of(agent.CoreId!.Value).Users);
        Assert.Equal(0, agent.End());
    }

    [RootFact]
    public void AnAgentOfAnOrdinaryUserWithAmbientCapabilitiesHasACoreWithout()
    {
        using var space = TestNamespace.Create();
        const string wanted = "+bpf,+perfmon,+net_admin";
        using var agent = RheoProcess.StartCommand(
            space, ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "--inh-caps", wanted, "--ambient-caps", wanted, .. RheoProcess.Command, "agent"]);
        agent.AwaitMessage("serving http://");

        Assert.Equal(BpfPerfmonNetAdmin, ProcessStatus.Of(agent.Id).Capabilities("CapEff"));
        var core = ProcessStatus.Of(agent.CoreId!.Value);
        Assert.Equal(0UL, core.Capabilities("CapEff") | core.Capabilities("CapPrm") | core.Capabilities("CapAmb"));
        Assert.Equal("1", core["NoNewPrivs"]);
    }

    [RootFact]
    public void ACoreThatIsKilledIsReplacedWithinASecondAndWhatPassedMeanwhileIsCounted()
    {
        var (left, right) = TestNamespace.CreatePair();
        using var host = left;
        using var other = right;
        using var agent = RheoProcess.StartAgent(host, "-i", "left");
        var first = agent.CoreId!.Value;
        other.Ping("10.9.9.1", 5);

        agent.Kill(first);
        var watch = Stopwatch.StartNew();
        other.Ping("10.9.9.1", 5);
        agent.AwaitServing(2);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, 5 * s_second);

        var page = agent.AwaitMetrics(page => page.Sum("rheo_flow_packets_total", "receive", "icmp") == 10);
        Assert.Equal(10UL, page.Sum("rheo_flow_packets_total", "receive", "icmp"));
        Assert.NotEqual(first, agent.CoreId);
        Assert.Contains("the core was killed by signal 9; another one reads on", agent.Errors, StringComparison.Ordinal);
        Assert.Equal(0, agent.End());
    }

    [RootFact]
    public void ASecretThatIsRootsAloneComesToTheCoreAndToItsSuccessor()
    {
        using var space = TestNamespace.Create();
        var secret = Path.GetTempFileName(); // of mode 0600
        try
        {
            File.WriteAllText(secret, new string('s', 40));
            using var agent = RheoProcess.StartAgent(space, "--token-file", secret);
            agent.Kill(agent.CoreId!.Value);
            agent.AwaitServing(2);
            Assert.Equal(0, agent.End());
        }
        finally
        {
            File.Delete(secret);
        }
    }

    [RootFact]
    public void TheCoreEndsWithItsWardenAndSaysSo()
    {
        using var space = TestNamespace.Create();
        using var agent = RheoProcess.StartAgent(space);
        var core = agent.CoreId!.Value;

        agent.KillAtOnce();

        Assert.True(SpinWait.SpinUntil(() => !IsRunning(core), s_second), "the core runs on");
        Assert.Contains("the warden is gone", agent.Errors, StringComparison.Ordinal);
    }

    [RootFact]
    public void ACoreThatHangsEndsWithItsWardenAllTheSame()
    {
        using var space = TestNamespace.Create();
        using var agent = RheoProcess.StartAgent(space);
        var core = agent.CoreId!.Value;
        agent.Pause(TimeSpan.Zero, () => agent.Kill(agent.Id), onlyCore: true);

        Assert.True(SpinWait.SpinUntil(() => !IsRunning(core), 2 * s_second), "the core runs on");
    }

    internal static bool IsRunning(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..][0] is not ('Z' or 'X'); // dead, and nobody's child that asks
        }
        catch (IOException)
        {
            return false;
        }
    }
}
