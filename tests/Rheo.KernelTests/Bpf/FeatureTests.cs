using Rheo.Bpf;
using Xunit;

namespace Rheo.KernelTests.Bpf;

public sealed class FeatureTests
{
    [RootFact(Kernel = "6.6")]
    public void WhatTheTestsAttachIsSupported()
    {
        Assert.Equal(Support.Yes, Features.Tcx);
        Assert.Equal(Support.Yes, Features.UprobeMulti);
        Assert.Equal(Support.Yes, Features.PerfEventLink);
        Assert.Equal(Support.Yes, Features.RingBuffer);
        Assert.Equal(Support.Yes, Features.Timer);
        Assert.Equal(Support.Yes, Features.SyscallPrograms);
        Assert.Equal(Support.Yes, Features.KernelBtf);
    }

    [RootTheory]
    [InlineData(ProgramType.SchedCls)]
    [InlineData(ProgramType.Xdp)]
    [InlineData(ProgramType.SockOps)]
    [InlineData(ProgramType.CgroupSkb)]
    [InlineData(ProgramType.CgroupSockAddr)]
    [InlineData(ProgramType.CgroupSockopt)]
    [InlineData(ProgramType.Kprobe)]
    [InlineData(ProgramType.Tracepoint)]
    [InlineData(ProgramType.RawTracepoint)]
    [InlineData(ProgramType.Tracing)]
    [InlineData(ProgramType.SkLookup)]
    public void ProgramTypesAreFound(ProgramType type) => Assert.Equal(Support.Yes, Features.Program(type));

    [RootFact(Kernel = "5.14")]
    public void SyscallProgramsAreFound() => Assert.Equal(Support.Yes, Features.Program(ProgramType.Syscall));

    [RootFact(Kernel = "6.9")]
    public void EachMapTypeOfThisKernelIsFound()
    {
        var known = Enum.GetValues<MapType>().Where(type => type is not (MapType.Unspec or MapType.StructOps));
        var missing = known.Where(type => Features.Map(type) != Support.Yes).ToArray();
        // Not in every kernel's configuration: network-device maps need none, but AF_XDP sockets do.
        Assert.All(missing, type => Assert.Equal(MapType.Xskmap, type));
    }

    [RootFact]
    public void WhatNoKernelHasIsNotFound()
    {
        Assert.Equal(Support.No, Features.Program((ProgramType)9999));
        Assert.Equal(Support.No, Features.Map((MapType)9999));
        Assert.Equal(Support.No, Features.Helper(ProgramType.SchedCls, (HelperFunction)9999));
    }

    [RootFact(Kernel = "5.18")]
    public void HelpersGoByProgramType()
    {
        Assert.Equal(Support.Yes, Features.Helper(ProgramType.Xdp, HelperFunction.XdpLoadBytes));
        Assert.Equal(Support.No, Features.Helper(ProgramType.SchedCls, HelperFunction.XdpLoadBytes));
        Assert.Equal(Support.Yes, Features.Helper(ProgramType.SockOps, HelperFunction.GetNetnsCookie));
        Assert.Equal(Support.Yes, Features.Helper(ProgramType.SchedCls, HelperFunction.Loop));
    }

    [RootFact]
    public void WithoutRightsTheAnswerIsThatItCannotBeTold()
    {
        var answers = WithoutRights("probe");
        Assert.Equal("tcx Unknown, uprobe_multi Unknown, ring Unknown, loop Unknown, sched_cls Unknown", answers);
    }

    private static string WithoutRights(string order) => Links.Shell.Run(
        "env", $"{ChildRun.Order}={order}",
        "setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs", Environment.ProcessPath!).Trim();
}
