using Rheo.Bpf;
using Rheo.Bpf.Netlink;
using Xunit;

namespace Rheo.KernelTests.Links;

public sealed class XdpTests
{
    [RootTheory]
    [InlineData(XdpMode.Any, XdpMode.Native)]
    [InlineData(XdpMode.Native, XdpMode.Native)]
    [InlineData(XdpMode.Generic, XdpMode.Generic)]
    public void ProgramSeesPacketsInTheModeItReports(XdpMode wanted, XdpMode used)
    {
        var (left, right) = TestNamespace.CreatePair();
        using (left)
        using (right)
        using (var programs = CountedPrograms.Load("xdp_count"))
        {
            var ifindex = left.Ifindex("left");
            var link = left.Run(() => XdpLink.Attach(programs["xdp_count"], ifindex, wanted));
            Assert.Equal(used, link.Mode);
            Assert.Equal(new XdpAttachment(used, link.ProgramId), left.Run(() => NetworkDevices.Find(ifindex)!.Xdp));
            left.Ping();
            Assert.NotEqual(0u, programs.Hits(Hit.Xdp));
            link.Dispose();
            var hits = programs.Hits(Hit.Xdp);
            left.Ping();
            Assert.Equal(hits, programs.Hits(Hit.Xdp));
            Assert.Null(left.Run(() => NetworkDevices.Find(ifindex)!.Xdp));
        }
    }

    [RootFact]
    public void RefusalsSayWhatIsWrong()
    {
        using var space = TestNamespace.Create();
        using var programs = CountedPrograms.Load("xdp_count", "tc_first");
        var missing = Assert.Throws<BpfException>(() => space.Run(() => XdpLink.Attach(programs["xdp_count"], 4711)));
        Assert.Contains("no such interface", missing.Message);
        var type = Assert.Throws<BpfException>(() => space.Run(() => XdpLink.Attach(programs["tc_first"], 1)));
        Assert.Contains("takes Xdp", type.Message);
        var native = Assert.Throws<BpfException>(() => space.Run(() => XdpLink.Attach(programs["xdp_count"], 1, XdpMode.Native)));
        Assert.Contains("no native XDP", native.Message);
        using var first = space.Run(() => XdpLink.Attach(programs["xdp_count"], 1));
        var taken = Assert.Throws<BpfException>(() => space.Run(() => XdpLink.Attach(programs["xdp_count"], 1)));
        Assert.Contains($"another XDP program is attached (id {first.ProgramId}, name xdp_count, generic mode)", taken.Message);
    }
}
