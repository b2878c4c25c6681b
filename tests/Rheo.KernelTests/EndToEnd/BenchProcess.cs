using System.Diagnostics;
using System.Text;

namespace Rheo.KernelTests.EndToEnd;

/// <summary><c>rheo bench</c> as a process in a folder of its own, and what it has left on the machine.</summary>
internal sealed class BenchProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("rheo-bench-test-").FullName;
    private readonly Process _process;
    private readonly StringBuilder _messages = new();
    private readonly Task<string> _output;

    private BenchProcess(IEnumerable<string> words)
    {
        string[] all = [.. words];
        var start = new ProcessStartInfo(all[0], all[1..]) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => Append(line.Data);
        _process.BeginErrorReadLine();
        _output = _process.StandardOutput.ReadToEndAsync();
    }

    internal int Id => _process.Id;

    internal string Output => _output.Result;

    internal string File => Path.Combine(_folder, "rheo-bench.json");

    internal string Messages
    {
        get
        {
            lock (_messages)
                return _messages.ToString();
        }
    }

    /// <summary>Starts it with these arguments.</summary>
    internal static BenchProcess Start(params string[] arguments) => new([.. RheoProcess.Command, "bench", .. arguments]);

    /// <summary>Starts it through another command.</summary>
    internal static BenchProcess StartThrough(string[] command, params string[] arguments) =>
        new([.. command, .. RheoProcess.Command, "bench", .. arguments]);

    internal void AwaitMessage(string part)
    {
        if (!SpinWait.SpinUntil(() => Messages.Contains(part, StringComparison.Ordinal) || _process.HasExited, Patience))
            throw new TimeoutException($"the message '{part}' does not come: {Messages}");
    }

    internal int WaitForExit()
    {
        if (!_process.WaitForExit(Patience))
            throw new TimeoutException($"it does not end: {Messages}");
        _process.WaitForExit();
        return _process.ExitCode;
    }

    internal void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, $"{Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Namespaces, folders, and links of the run that can still be seen.</summary>
    internal string[] Leftovers() =>
    [
        .. Directory.Exists("/run/netns") ? Directory.GetFiles("/run/netns", $"rheo-bench-{Id}.*") : [],
        .. Directory.GetDirectories("/run", $"rheo-bench-{Id}.*"),
        .. Directory.GetFileSystemEntries("/sys/class/net", $"rb{Id}*"),
    ];

    /// <summary>Command lines of processes that watch, or watched, the run's wire.</summary>
    internal string[] Watchers() =>
        [.. Directory.GetDirectories("/proc").Select(CommandLine).Where(line => line.Contains($" rb{Id}b", StringComparison.Ordinal))];

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Signal("INT");
            WaitForExit();
        }

        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string CommandLine(string process)
    {
        try
        {
            return System.IO.File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
        }
        catch (IOException)
        {
            return ""; // no process, or one that has ended
        }
    }

    private void Append(string? line)
    {
        if (line is null)
            return;
        lock (_messages)
            _messages.AppendLine(line);
    }
}
