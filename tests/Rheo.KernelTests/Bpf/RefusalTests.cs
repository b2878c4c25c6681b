using System.Diagnostics;
using Rheo.Bpf;
using Xunit;

namespace Rheo.KernelTests.Bpf;

public sealed class RefusalTests
{
    [RootFact]
    public void AVerifierFailureSaysWhyInOneLineAndKeepsTheWholeLog()
    {
        using var obj = TestObject.Open("refused");

        var failure = Assert.Throws<VerifierException>(obj.Load);

        Assert.Equal("reads_too_far", failure.Target);
        Assert.Equal("EACCES", failure.ErrnoName);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.StartsWith("load program reads_too_far: Permission denied (EACCES): ", failure.Message);
        Assert.Contains("invalid access to packet", failure.Message);
        Assert.Contains("lines omitted)", failure.Message);
        Assert.True(failure.FullLog.Split('\n').Length > 4, failure.FullLog);
        if (Environment.OSVersion.Version >= new Version(6, 9)) // older ones quote the source without naming the file
            Assert.Contains("refused.bpf.c", failure.FullLog);
    }

    [RootFact]
    public void AfterAFailureTheObjectMustBeOpenedAgain()
    {
        using var obj = TestObject.Open("refused");
        Assert.Throws<VerifierException>(obj.Load);

        Assert.Throws<InvalidOperationException>(obj.Load);
    }

    [RootFact]
    public void WithoutRightsTheMissingCapabilitiesAreNamed()
    {
        var text = RunWithout("cap_bpf,cap_sys_admin,cap_perfmon", "load maps");

        Assert.Contains("EPERM", text);
        Assert.Contains("needs CAP_BPF, CAP_PERFMON, which this process lacks", text);
        Assert.DoesNotContain("libbpf:", text);
    }

    [RootFact]
    public void AMapThatTheKernelHasNoMemoryForSaysSo()
    {
        using var obj = TestObject.Open("maps");
        obj.Map("mapped").MaxEntries = int.MaxValue;

        var failure = Assert.Throws<BpfException>(obj.Load);

        Assert.Contains(failure.ErrnoName, new[] { "ENOMEM", "E2BIG" });
        Assert.Contains("lower the map's size", failure.Message);
        Assert.Contains(failure.LibraryMessages, m => m.Contains("mapped"));
    }

    // Capabilities are the thread's, and a test must not lose them for the others: the same program runs again, with less.
    private static string RunWithout(string capabilities, string order)
    {
        var start = new ProcessStartInfo("setpriv") { RedirectStandardOutput = true, RedirectStandardError = true };
        var drop = "-" + capabilities.Replace(",", ",-", StringComparison.Ordinal).Replace("cap_", "", StringComparison.Ordinal);
        foreach (var argument in new[] { "--bounding-set", drop, "--inh-caps", drop, Environment.ProcessPath! })
            start.ArgumentList.Add(argument);
        start.Environment[ChildRun.Order] = order;
        using var child = Process.Start(start)!;
        var text = child.StandardOutput.ReadToEndAsync();
        var errors = child.StandardError.ReadToEndAsync();
        Assert.True(child.WaitForExit(30_000), "the child did not end");
        return text.Result + errors.Result;
    }
}
