using Rheo.Bpf;
using Rheo.Doctor;
using Xunit;

namespace Rheo.Tests.Doctor;

public sealed class MachineCheckTests
{
    private static readonly string[] Limits =
    [
        "Limit                     Soft Limit           Hard Limit           Units     ",
        "Max open files            256                  524288               files     ",
        "Max locked memory         65536                65536                bytes     ",
    ];

    [Theory]
    [InlineData("5.4", FindingStatus.Fail)]
    [InlineData("5.10", FindingStatus.Ok)]
    [InlineData("6.18.1", FindingStatus.Ok)]
    public void OnlyKernelsThatAreTooOldFail(string version, FindingStatus status) => Assert.Equal(status, KernelChecks.Age(Version.Parse(version)).Status);

    [Fact]
    public void AKernelBelowTcxIsToldTheOlderWay() => Assert.Contains("cls_bpf", KernelChecks.Age(new Version(6, 1)).Summary, StringComparison.Ordinal);

    [Fact]
    public void MissingTypesNameTheOptionThatBringsThem() =>
        Assert.Contains("CONFIG_DEBUG_INFO_BTF=y", KernelChecks.Types(Support.No).Fix, StringComparison.Ordinal);

    [Theory]
    [InlineData(null, FindingStatus.Ok)]
    [InlineData("none [integrity] confidentiality", FindingStatus.Ok)]
    [InlineData("none integrity [confidentiality]", FindingStatus.Fail)]
    public void OnlyConfidentialityLocksUsOut(string? line, FindingStatus status) => Assert.Equal(status, KernelChecks.Lockdown(line).Status);

    [Theory]
    [InlineData("0", FindingStatus.Warn)]
    [InlineData("1", FindingStatus.Ok)]
    [InlineData(null, FindingStatus.Unknown)]
    public void AnInterpreterIsWarnedOf(string? line, FindingStatus status) => Assert.Equal(status, KernelChecks.Compiler(line).Status);

    [Theory]
    [InlineData(Support.Yes, FindingStatus.Ok, "tcx: yes")]
    [InlineData(Support.No, FindingStatus.Warn, "tcx: no; it costs")]
    [InlineData(Support.Unknown, FindingStatus.Unknown, "tcx: cannot tell")]
    public void AHookIsThereOrNotOrCannotBeTold(Support support, FindingStatus status, string begins)
    {
        var finding = HookChecks.Hook("tcx", support, FindingStatus.Warn, "used", "it costs", "newer kernel");

        Assert.Equal(status, finding.Status);
        Assert.StartsWith(begins, finding.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Cgroup2IsFoundWhereverItIsMountedAndVersion1BesideItIsSaid()
    {
        var finding = CgroupChecks.Of(["cgroup /sys/fs/cgroup/cpu cgroup rw 0 0", "none /some/where cgroup2 rw 0 0"], isReached: true);

        Assert.StartsWith("cgroup2 at /some/where, beside 1 hierarchies of version 1", finding.Summary);
        Assert.Equal(FindingStatus.Warn, CgroupChecks.Of(["cgroup /sys/fs/cgroup/cpu cgroup rw 0 0"], isReached: false).Status);
        Assert.Equal(FindingStatus.Ok, CgroupChecks.Of(["cgroup /sys/fs/cgroup/cpu cgroup rw 0 0"], isReached: true).Status);
    }

    [Fact]
    public void LockedMemoryCountsOnOldKernelsOnly()
    {
        Assert.Equal(FindingStatus.Fail, LimitChecks.Of(Limits, new Version(5, 10), mayRaise: false).First().Status);
        Assert.Equal(FindingStatus.Ok, LimitChecks.Of(Limits, new Version(5, 10), mayRaise: true).First().Status);
        Assert.Equal(FindingStatus.Ok, LimitChecks.Of(Limits, new Version(6, 1), mayRaise: false).First().Status);
    }

    [Fact]
    public void FewOpenFilesAreWarnedOf() =>
        Assert.Equal((FindingStatus.Warn, "ulimit -n 65536, or LimitNOFILE=65536 in the unit"), Of(LimitChecks.Of(Limits, new Version(6, 1), mayRaise: false).Last()));

    [Fact]
    public void EveryFindingThatIsAmissNamesAWayOut() =>
        Assert.All(MachineChecks.All().Where(finding => finding.Status is FindingStatus.Warn or FindingStatus.Fail), finding => Assert.NotNull(finding.Fix));

    private static (FindingStatus Status, string? Fix) Of(Finding finding) => (finding.Status, finding.Fix);

    [Theory]
    [InlineData("pid:[4026531836]", FindingStatus.Ok)]
    [InlineData("pid:[4026532201]", FindingStatus.Warn)]
    [InlineData(null, FindingStatus.Warn)]
    public void ANamespaceThatHidesProcessesIsNoticed(string? link, FindingStatus status) => Assert.Equal(status, ProcessChecks.Of(link).Status);
}
