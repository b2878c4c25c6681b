using System.Diagnostics;
using Xunit;

namespace Rheo.KernelTests.Docs;

/// <summary>Every <c>sh</c> block of the documents does what a reader expects of it: it ends, and it ends well.</summary>
public sealed class DocumentedCommandTests
{
    private static readonly string Root = FindRoot();

    /// <summary>File and line of each block.</summary>
    public static TheoryData<string> Blocks()
    {
        var blocks = new TheoryData<string>();
        foreach (var file in Documents())
        {
            foreach (var line in CommandBlock.Find(File.ReadAllLines(file)).Select(block => block.Line))
                blocks.Add($"{Path.GetRelativePath(Root, file)}:{line}");
        }

        return blocks;
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public async Task DocumentedCommandRuns(string place)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        var block = Block(place);
        Assert.SkipWhen(Binary is null && block.Contains("artifacts/rheo", StringComparison.Ordinal), "needs the native binary: ./dev build");
        var script = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(script, block, TestContext.Current.CancellationToken);
            var (exitCode, messages) = await Play(script);

            Assert.True(exitCode == 0, $"exit code {exitCode}\n{messages}");
        }
        finally
        {
            File.Delete(script);
        }
    }

    private static string? Binary => Environment.GetEnvironmentVariable("RHEO_BINARY");

    private static string Block(string place)
    {
        var colon = place.LastIndexOf(':');
        var lines = File.ReadAllLines(Path.Combine(Root, place[..colon]));
        return CommandBlock.Find(lines).Single(block => $"{block.Line}" == place[(colon + 1)..]).Script;
    }

    private static async Task<(int ExitCode, string Messages)> Play(string script)
    {
        using var process = Process.Start(StartInfo(script))!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        var messages = process.StandardError.ReadToEndAsync(limit.Token);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output + await messages);
        }
        catch (OperationCanceledException)
        {
            var waiting = await Processes(process.Id);
            // SIGTERM, so that the playground still takes its namespaces away.
            using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            return (-1, $"the command did not end within a minute; its processes:\n{waiting}");
        }
    }

    // What there was of it at the time, and what the kernel says that each thread waits for.
    private static async Task<string> Processes(int root)
    {
        var start = new ProcessStartInfo("sh", ["-c", "ps -eLo pid,ppid,lwp,stat,wchan:32,comm,args | grep -v '\\[.*\\]$' | tail -n 120"])
        {
            RedirectStandardOutput = true,
        };
        using var list = Process.Start(start)!;
        var text = await list.StandardOutput.ReadToEndAsync();
        return $"(of {root})\n{text}";
    }

    // The native binary where there is one that fits the sources (./dev says so), else the build that these tests stand on.
    private static ProcessStartInfo StartInfo(string script)
    {
        var folder = Binary is null ? AppContext.BaseDirectory : Path.GetDirectoryName(Binary)!;
        var playground = Path.Combine(Root, "tests/Rheo.KernelTests/Docs/playground.sh");
        var start = new ProcessStartInfo(playground, [script])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{folder}:{Environment.GetEnvironmentVariable("PATH")}";
        return start;
    }

    private static IEnumerable<string> Documents() =>
        Directory.GetFiles(Root, "README*.md").Concat(Directory.GetFiles(Path.Combine(Root, "docs"), "*.md")).Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Rheo.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("These tests run inside the source tree only.");
        return folder.FullName;
    }
}
