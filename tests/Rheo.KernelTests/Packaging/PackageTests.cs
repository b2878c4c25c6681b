using System.Diagnostics;
using System.Text.Json;
using Rheo.Bpf;
using Xunit;

namespace Rheo.KernelTests.Packaging;

/// <summary>What <c>./dev package</c> makes, tried on scratch copies of this machine; they need the native binary and Debian's tools.</summary>
public sealed class PackageTests : IDisposable
{
    private static readonly string Root = FindRoot();
    private readonly string _artifacts = Directory.CreateTempSubdirectory("rheo-t-package-").FullName;

    [RootFact]
    public void ThePackageInstallsServesUpgradesAndLeavesNothing()
    {
        var old = Package("deb", "0.0.1");
        var next = Package("deb", "0.0.2");
        File.Copy(Path.Combine(Root, "tests/Rheo.KernelTests/Packaging/life.sh"), Path.Combine(_artifacts, "life.sh"));

        var (code, said) = Scratch("bash", "/run/artifacts/life.sh", old, next);

        Assert.True(code == 0 && said.EndsWith("life: clean\n", StringComparison.Ordinal), said);
    }

    [RootFact]
    public void TheServiceLivesInItsSandboxUnderARealSystemd()
    {
        Assert.SkipUnless(File.Exists("/lib/systemd/systemd"), "needs systemd");
        Package("deb", "0.0.4");
        Package("deb", "0.0.5");
        foreach (var script in (string[])["boot.sh", "service.sh"])
            File.Copy(Path.Combine(Root, "tests/Rheo.KernelTests/Packaging", script), Path.Combine(_artifacts, script));
        var group = $"rheo-t-systemd-{Environment.ProcessId}";
        try
        {
            var (code, said) = Scratch("bash", "/run/artifacts/boot.sh", group, "/run/artifacts/service.sh");

            var told = Path.Combine(_artifacts, "said") is var file && File.Exists(file) ? File.ReadAllText(file) : said;
            Assert.True(code == 0 && told.EndsWith("service: clean\n", StringComparison.Ordinal), told);
        }
        finally
        {
            RemoveGroup(Path.Combine(CgroupLink.FindRoot()!, group));
        }
    }

    [RootFact]
    public void TheImageHoldsAllThatTheAgentNeedsAndNothingElse()
    {
        Require("umoci", "skopeo");
        var image = $"oci-archive:{Path.Combine(_artifacts, Package("image", "0.0.3"))}";
        var about = JsonDocument.Parse(Run("skopeo", "inspect", "--config", image)).RootElement.GetProperty("config");
        Assert.Equal("/usr/bin/rheo", about.GetProperty("Entrypoint")[0].GetString());
        Assert.Equal("agent", about.GetProperty("Cmd")[0].GetString());

        Run("skopeo", "--insecure-policy", "copy", "--quiet", image, $"oci:{_artifacts}/layout:it");
        Run("umoci", "unpack", "--image", $"{_artifacts}/layout:it", $"{_artifacts}/bundle");
        Assert.Equal("60946 700", Run("stat", "--format=%u %a", $"{_artifacts}/bundle/rootfs/run/rheo").Trim());
        var (code, said) = Scratch("bash", "-c", """
            set -euo pipefail
            root=/run/artifacts/bundle/rootfs
            mount -t proc proc $root/proc; mount -t sysfs sysfs $root/sys; mkdir $root/dev; mount --bind /dev $root/dev
            chroot $root /usr/bin/rheo agent 2>/tmp/said &
            agent=$!
            for ((i = 0; i < 100; i++)); do curl -sf http://127.0.0.1:9460/readyz && break; sleep 0.1; done
            kill $agent || cat /tmp/said >&2
            wait $agent
            chroot $root /usr/bin/rheo flows --duration 100ms
            find $root -xdev -type f -printf '%P\n'
            """);

        Assert.True(code == 0, said);
        Assert.DoesNotContain("/bin/sh", said, StringComparison.Ordinal);
        Assert.True(said.Split('\n').Length < 30, said);
    }

    [RootFact]
    public void TheSameSourcesGiveTheSameImage()
    {
        Require("umoci", "skopeo");
        var first = Digest();
        Thread.Sleep(TimeSpan.FromSeconds(1.1)); // times are kept in seconds

        Assert.Equal(first, Digest());

        string Digest() => Run("skopeo", "inspect", "--format", "{{.Digest}}", $"oci-archive:{Path.Combine(_artifacts, Package("image", "0.0.6"))}");
    }

    [RootFact]
    public void TheUnitIsNarrow()
    {
        Require("systemd-analyze");
        var said = Run("systemd-analyze", "security", "--offline=true", "--threshold=35", "deploy/systemd/rheo.service");

        Assert.Contains("Overall exposure level", said, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_artifacts, recursive: true);

    // The file's name. Where it lies for a moment is the tree's own artifacts/; each version is one test's.
    private string Package(string kind, string version)
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("RHEO_BINARY") is null or "", "needs the native binary: ./dev build");
        Run("env", $"RHEO_PACKAGE_VERSION={version}", "./dev", "package", kind);
        var file = Directory.GetFiles(Path.Combine(Root, "artifacts"), $"rheo_{version}_*.{(kind == "deb" ? "deb" : "oci.tar")}").Single();
        File.Move(file, Path.Combine(_artifacts, Path.GetFileName(file)), overwrite: true);
        return Path.GetFileName(file);
    }

    private (int Code, string Said) Scratch(params string[] command) =>
        Start("env", [$"SCRATCH_ARTIFACTS={_artifacts}", "tests/Rheo.KernelTests/Packaging/scratch.sh", .. command]);

    private static string Run(string program, params string[] arguments)
    {
        var (code, said) = Start(program, arguments);
        Assert.True(code == 0, $"{program} ended with {code}: {said}");
        return said;
    }

    private static (int Code, string Said) Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Root, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var messages = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, process.ExitCode == 0 ? output : output + messages.Result);
    }

    // What systemd leaves of its tree when it ends; empty groups only.
    private static void RemoveGroup(string folder)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (var inner in Directory.GetDirectories(folder))
            RemoveGroup(inner);
        Directory.Delete(folder);
    }

    private static void Require(params string[] programs) => Assert.All(programs, program =>
        Assert.SkipUnless(File.Exists($"/usr/bin/{program}"), $"needs {program}"));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Rheo.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("These tests run inside the source tree only.");
        return folder.FullName;
    }
}
