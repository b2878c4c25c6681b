using Xunit;

namespace Rheo.Tests.Ground;

/// <summary>The scripts of <c>./dev</c>, where something is not as usual. Nothing is installed: what would do it is a script that does nothing.</summary>
public sealed class DevTests : IDisposable
{
    private readonly ScratchPrograms _programs = new();
    private readonly string _machine = Directory.CreateTempSubdirectory("rheo-t-machine-").FullName;

    public void Dispose()
    {
        _programs.Dispose();
        Directory.Delete(_machine, recursive: true);
    }

    private string Policy => Path.Combine(_machine, "policy-rc.d");

    [Fact]
    public void HelpNeedsNoEnvironment()
    {
        var (code, output) = Repository.Run("/usr/bin/env", "-i", "PATH=/usr/bin:/bin", "./dev", "help");

        Assert.True(code == 0, output);
        Assert.Contains("Usage: ./dev COMMAND", output, StringComparison.Ordinal);
    }

    // Each asks the policy, as a package that brings a service does.
    [Fact]
    public async Task TwoInstallationsAtOnceStartNoServiceAndLeaveNoPolicyBehind()
    {
        _programs.Add("apt-get", "sleep 0.2; \"$POLICY_RC_D\"; test $? = 101");

        var cancel = TestContext.Current.CancellationToken;
        var first = Task.Run(Install, cancel);
        await Task.Delay(100, cancel);
        var results = await Task.WhenAll(first, Task.Run(Install, cancel));

        Assert.All(results, result => Assert.True(result.Code == 0, result.Output));
        Assert.Empty(Directory.GetFiles(_machine));
    }

    [Fact]
    public void ThePolicyOfTheMachineIsBackAfterAnInstallationThatWasKilled()
    {
        File.WriteAllText(Policy, "# the machine's");
        _programs.Add("apt-get", "kill -KILL $PPID");
        Assert.NotEqual(0, Install().Code);
        _programs.Add("apt-get", "exit 0");

        var (code, output) = Install();

        Assert.True(code == 0, output);
        Assert.Equal("# the machine's", File.ReadAllText(Policy));
        Assert.Single(Directory.GetFiles(_machine));
    }

    [Fact]
    public void AReportThatCannotBeReplacedIsNoReportOfThisRun()
    {
        var program = Path.Combine(_machine, "tests/Fake/bin/Debug/net10.0");
        Directory.CreateDirectory(program);
        File.Copy("/bin/true", Path.Combine(program, "Fake"));
        Directory.CreateDirectory(Path.Combine(_machine, "artifacts/tests/Fake.xml/kept"));

        var (_, output) = Repository.Run("/bin/bash", "-c",
            $"source eng/say.sh; source eng/build.sh; source eng/test.sh; cd {_machine}; run_project Fake ''; echo \"$failed failed\"");

        Assert.Contains("1 failed", output, StringComparison.Ordinal);
    }

    private (int Code, string Output) Install() => Repository.Run(
        "/usr/bin/env", $"PATH={_programs.Folder}:/usr/bin:/bin", $"POLICY_RC_D={Policy}", $"TMPDIR={_programs.Folder}",
        "/bin/bash", "eng/install-quietly.sh", "none", "package");
}
