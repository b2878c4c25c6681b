using Xunit;

namespace Rheo.Tests.Ground;

/// <summary>What a purge asks to be done, of programs that do nothing: nothing of this machine is touched.</summary>
public sealed class PurgeTests : IDisposable
{
    private const string Ours = "rheo:x:998:998:Rheo:/var/lib/rheo:/usr/sbin/nologin";
    private readonly ScratchPrograms _programs = new();

    public PurgeTests()
    {
        foreach (var program in (string[])["groupdel", "rm", "rmdir", "deb-systemd-helper", "systemctl"])
            _programs.Add(program, $"echo {program} $*");
    }

    public void Dispose() => _programs.Dispose();

    [Fact]
    public void APurgeTakesTheUserAndTheGroupAway()
    {
        _programs.Add("getent", $"echo {Ours}");
        _programs.Add("userdel", "echo userdel $*");

        var (code, output) = Purge();

        Assert.True(code == 0, output);
        Assert.Contains("userdel rheo\ngroupdel rheo\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void APurgeGoesOnWhereAProcessStillHasTheUser()
    {
        _programs.Add("getent", $"echo {Ours}");
        _programs.Add("userdel", "exit 8");

        var (code, output) = Purge();

        Assert.True(code == 0, output);
    }

    [Fact]
    public void APersonOfThatNameOutlivesAPurge()
    {
        _programs.Add("getent", "echo rheo:x:1000:1000:Rhea O.:/home/rheo:/bin/bash");
        _programs.Add("userdel", "echo userdel $*");

        var (code, output) = Purge();

        Assert.True(code == 0, output);
        Assert.DoesNotContain("userdel", output, StringComparison.Ordinal);
        Assert.DoesNotContain("groupdel", output, StringComparison.Ordinal);
    }

    private (int Code, string Output) Purge() =>
        Repository.Run("/usr/bin/env", $"PATH={_programs.Folder}", "/bin/sh", Path.Combine(Repository.Root, "deploy/debian/postrm"), "purge");
}
