using System.Runtime.CompilerServices;
using Rheo.Bpf;
using Rheo.KernelTests.Links;

namespace Rheo.KernelTests;

/// <summary>
/// What a test asks of a second process of this program: one that has fewer rights, or is killed. It runs in place of the tests when
/// the environment says so, prints what happened, and ends.
/// </summary>
internal static class ChildRun
{
    public const string Order = "RHEO_TEST_CHILD";

#pragma warning disable CA2255 // The test platform writes Main; this must come before it.
    [ModuleInitializer]
    internal static void Run()
    {
        var order = Environment.GetEnvironmentVariable(Order);
        if (order is null)
            return;
        Console.WriteLine(Outcome(order));
        Environment.Exit(0);
    }
#pragma warning restore CA2255

    private static string Outcome(string order)
    {
        var words = order.Split(' ');
        try
        {
            return words[0] switch
            {
                "load" => Load(words[1]),
                "hold" => Hold(words[1], words[2]),
                "probe" => Probe(),
                _ => $"unknown order {order}",
            };
        }
        catch (BpfException failure)
        {
            return failure.Message;
        }
    }

    private static string Hold(string space, string cgroup)
    {
        HeldAttachments.Hold(space, cgroup);
        return "held";
    }

    private static string Probe() =>
        $"tcx {Features.Tcx}, uprobe_multi {Features.UprobeMulti}, ring {Features.RingBuffer}, "
        + $"loop {Features.Helper(ProgramType.SchedCls, HelperFunction.Loop)}, sched_cls {Features.Program(ProgramType.SchedCls)}";

    private static string Load(string name)
    {
        using var obj = TestObject.Load(name);
        return "loaded";
    }
}
