using Rheo.KernelTests.Links;
using Xunit;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>The optional kernel objects in the agent: there by themselves, left out when asked, and nothing else hangs on them.</summary>
public sealed class PartTests
{
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
        Assert.False(page.Has("rheo_kernel_object_loaded"));
    }
}
