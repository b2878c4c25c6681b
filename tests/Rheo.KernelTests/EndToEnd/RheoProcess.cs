using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Rheo.KernelTests.Links;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>The program itself, as a process of its own in a namespace; killed when disposed of.</summary>
internal sealed partial class RheoProcess : IDisposable
{
    private const int Port = 9460;
    private const int Kill9 = 9;
    private const int Hangup = 1;
    private const int User2 = 12;
    private const int Terminate = 15;
    private const int Continue = 18;
    private const int Stop = 19;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly TestNamespace _space;
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    private RheoProcess(TestNamespace space, IEnumerable<string> command, IReadOnlyDictionary<string, string>? environment)
    {
        _space = space;
        var start = new ProcessStartInfo("ip", ["netns", "exec", space.Name, .. command]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Append(_errors, line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The words that start the program.</summary>
    internal static string[] Command { get; } = ["dotnet", Path.Combine(AppContext.BaseDirectory, "rheo.dll")];

    /// <summary>The native program, where it was built, else the one above: for tests that start it many times.</summary>
    internal static string[] FastCommand { get; } = Environment.GetEnvironmentVariable("RHEO_BINARY") is { Length: > 0 } binary ? [binary] : Command;

    internal string Output => Text(_output);

    internal string Errors => Text(_errors);

    /// <summary>The number of its process: of an agent, the warden's.</summary>
    internal int Id => _process.Id;

    /// <summary>The number of the process that an agent's warden has started; null while there is none.</summary>
    internal int? CoreId => Children(_process.Id).Select(child => (int?)child).FirstOrDefault();

    internal bool HasExited => _process.HasExited;

    /// <summary>Starts the program with these arguments.</summary>
    internal static RheoProcess Start(TestNamespace space, params string[] arguments) => StartCommand(space, [.. Command, .. arguments]);

    /// <summary>Starts any command that in the end runs the program.</summary>
    internal static RheoProcess StartCommand(TestNamespace space, string[] command, IReadOnlyDictionary<string, string>? environment = null) =>
        new(space, command, environment);

    /// <summary>Starts an agent and waits until it has attached its programs and serves.</summary>
    internal static RheoProcess StartAgent(TestNamespace space, params string[] arguments)
    {
        var agent = Start(space, ["agent", .. arguments]);
        try
        {
            agent.AwaitMessage("serving http://");
            agent.AwaitParts();
            return agent;
        }
        catch
        {
            agent.Dispose();
            throw;
        }
    }

    // Its optional objects come after the flows; the question for drops is answered when they are there. An agent that does not answer here is
    // none that is asked for them.
    private void AwaitParts()
    {
        try
        {
            Await("the drops", () => _process.HasExited || !_space.Run(() => MetricsPage.Get(Port, "/api/v1/drops?limit=1")).Contains(" 503 ", StringComparison.Ordinal));
        }
        catch (Exception failure) when (failure is System.Net.Sockets.SocketException or IOException)
        {
        }
    }

    internal void AwaitMessage(string part) =>
        Await($"the message '{part}'", () => Errors.Contains(part, StringComparison.Ordinal) || _process.HasExited);

    /// <summary>Waits until its messages are so.</summary>
    internal void AwaitErrors(Func<bool> areSo) => Await("messages", () => areSo() || _process.HasExited);

    /// <summary>Waits until so many cores, one after the other, have said that they serve.</summary>
    internal void AwaitServing(int times) =>
        Await($"the {times}. core", () => Errors.Split("serving http://").Length > times || _process.HasExited);

    /// <summary>Reads the metrics again and again until they are as wanted, or time is up; gives the last page.</summary>
    internal MetricsPage AwaitMetrics(Func<MetricsPage, bool> isSo)
    {
        var watch = Stopwatch.StartNew();
        var page = MetricsPage.Read(_space, Port);
        for (; !isSo(page) && watch.Elapsed < s_patience / 3; page = MetricsPage.Read(_space, Port))
            Thread.Sleep(200);
        return page;
    }

    /// <summary>Stops it and its core (SIGSTOP) for so long, while something happens.</summary>
    internal void Pause(TimeSpan duration, Action meanwhile, bool onlyCore = false)
    {
        var watch = Stopwatch.StartNew();
        var processes = Children(_process.Id).ToList();
        if (!onlyCore)
            processes.Add(_process.Id);
        processes.ForEach(process => Send(process, Stop));
        meanwhile();
        if (duration > watch.Elapsed)
            Thread.Sleep(duration - watch.Elapsed);
        processes.ForEach(process => Send(process, Continue));
    }

    /// <summary>Memory that it holds now (VmRSS), in KiB.</summary>
    internal long ResidentKilobytes() => ResidentKilobytes(_process.Id);

    private static long ResidentKilobytes(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The same of its warden and its core together.</summary>
    internal long ResidentOfAllKilobytes() => All().Sum(ResidentKilobytes);

    /// <summary>Descriptors that its processes hold.</summary>
    internal int Descriptors() => All().Sum(process => Directory.GetFileSystemEntries($"/proc/{process}/fd").Length);

    /// <summary>Waits until its processes hold so many descriptors.</summary>
    internal void AwaitDescriptors(int wanted) => Await($"{wanted} descriptors, after {Descriptors()},", () => Descriptors() == wanted);

    /// <summary>Waits for its end and gives the exit code.</summary>
    internal int WaitForExit()
    {
        if (!_process.WaitForExit(s_patience))
            throw new TimeoutException($"it does not end; messages: {Errors}");
        _process.WaitForExit(); // and for the last lines
        return _process.ExitCode;
    }

    /// <summary>Asks it to read its configuration again (SIGHUP).</summary>
    internal void Reload() => Send(_process.Id, Hangup);

    /// <summary>Asks it to give way to the program that now stands in its file (SIGUSR2).</summary>
    internal void Upgrade() => Send(_process.Id, User2);

    /// <summary>Asks it to end (SIGTERM) and gives the exit code.</summary>
    internal int End()
    {
        Send(Terminate);
        return WaitForExit();
    }

    /// <summary>Ends it with SIGKILL, which leaves it no time for anything.</summary>
    internal void KillAtOnce()
    {
        Send(Kill9);
        WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            KillAtOnce();
        _process.Dispose();
    }

    private void Await(string what, Func<bool> isSo)
    {
        var watch = Stopwatch.StartNew();
        while (!isSo())
        {
            if (watch.Elapsed > s_patience)
                throw new TimeoutException($"{what} does not come; messages: {Errors}");
            Thread.Sleep(20);
        }
    }

    /// <summary>Ends one of its processes with SIGKILL.</summary>
    internal void Kill(int process) => Send(process, Kill9);

    /// <summary>The same, unless it is gone already.</summary>
    internal void TryKill(int process) => _ = kill(process, Kill9);

    private IEnumerable<int> All() => [_process.Id, .. Children(_process.Id)];

    private void Send(int signal) => Send(_process.Id, signal);

    private static void Send(int process, int signal)
    {
        if (kill(process, signal) != 0)
            throw new InvalidOperationException($"kill {process}: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    private static IEnumerable<int> Children(int process) =>
        Directory.GetDirectories($"/proc/{process}/task").SelectMany(thread =>
            Started(thread).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse));

    private static string Started(string thread)
    {
        try
        {
            return File.ReadAllText(thread + "/children");
        }
        catch (IOException)
        {
            return ""; // the thread has ended meanwhile
        }
    }

    private static void Append(StringBuilder to, string? line)
    {
        if (line is null)
            return;
        lock (to)
            to.AppendLine(line);
    }

    private static string Text(StringBuilder from)
    {
        lock (from)
            return from.ToString();
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int process, int signal);
}
