using System.Diagnostics;
using System.Net;
using Rheo.KernelTests.Links;
using Rheo.Model;
using Xunit;

namespace Rheo.KernelTests.Owners;

/// <summary>The figure that the owners are held to: right for 99.9 % of the ends, wrong for none.</summary>
public sealed class OwnerFigureTests : IDisposable
{
    private const int Short = 10_000, Old = 200, Passed = 100, Queries = 1_000, Spaces = 3;
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "Owners", "crowd.py");

    private readonly string _notes = Path.Combine(Path.GetTempPath(), $"rheo-crowd-{Environment.ProcessId}");
    private readonly List<Process> _processes = [];
    private readonly List<TestNamespace> _spaces = [];

    [RootFact]
    public void OfAllEndsOfThreeNamespacesNineHundredNinetyNineInAThousandAreRightAndNoneIsWrong()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "needs python3");
        var servers = Enumerable.Range(1, Spaces).Select(Server).ToList();
        servers.ForEach(server => Say(Run(server.Client, "old", server.Address, server.Tcp, Old / Spaces + 1)));
        using var scene = new Scene();
        servers.ForEach(server => Say(Run(server.Client, "passed", server.Address, server.Tcp, Passed / Spaces + 1)));
        var began = Stopwatch.StartNew();
        var busy = servers.SelectMany(server => new[]
        {
            Run(server.Client, "shorts", server.Address, server.Tcp, Short / Spaces + 10),
            Run(server.Client, "queries", server.Address, server.Udp, Queries / Spaces + 1),
        }).ToList();
        busy.ForEach(process => Assert.True(process.WaitForExit(60_000)));
        TestContext.Current.TestOutputHelper?.WriteLine($"traffic took {began.Elapsed.TotalSeconds:0.0} s");
        scene.AwaitWalk(); // what was passed on is known after it

        var (right, unknown, wrong) = Judge(scene);
        var all = right + unknown.Count + wrong.Count;
        TestContext.Current.TestOutputHelper?.WriteLine($"{all} ends: {right} right, {unknown.Count} unknown, {wrong.Count} wrong; {scene.Capture.Health}");
        Assert.True(all >= 2 * (Short + Old + Passed + Queries), $"only {all} ends");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(10)));
        Assert.True(right >= 0.999 * all, $"{right} of {all} are right; unknown: {string.Join('\n', unknown.Take(10))}");
    }

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }

        _spaces.ForEach(space => space.Dispose());
        File.Delete(_notes);
    }

    // Each line: protocol, both ends, the client's process, the server's, from when to when.
    private (int Right, List<string> Unknown, List<string> Wrong) Judge(Scene scene)
    {
        var (right, unknown, wrong) = (0, new List<string>(), new List<string>());
        foreach (var line in File.ReadLines(_notes))
        {
            var words = line.Split(' ');
            var protocol = byte.Parse(words[0]);
            var (client, server) = (End(words[1], words[2]), End(words[3], words[4]));
            var (first, last) = (long.Parse(words[7]), long.Parse(words[8]));
            Count(scene.Between(first, last, protocol, client, server), int.Parse(words[5]), $"client of {line}");
            Count(scene.Between(first, last, protocol, server, client), int.Parse(words[6]), $"server of {line}");
        }

        return (right, unknown, wrong);

        void Count(IReadOnlyList<Model.Owners.SocketProcess> found, int pid, string what)
        {
            if (found.Count == 0)
                unknown.Add(what);
            else if (found is [{ } one] && one.Pid == pid)
                right++;
            else
                wrong.Add($"{what}: {string.Join(", ", found)}");
        }
    }

    private static IPEndPoint End(string address, string port) => new(IPAddress.Parse(address), int.Parse(port));

    private (TestNamespace Client, string Address, string Tcp, string Udp) Server(int number)
    {
        var (left, right) = (TestNamespace.Create(), TestNamespace.Create());
        _spaces.AddRange([left, right]);
        left.Ip($"link add left type veth peer name right netns {right.Name}");
        left.Ip($"addr add 10.9.{number}.1/24 dev left");
        right.Ip($"addr add 10.9.{number}.2/24 dev right");
        left.Ip("link set left up");
        right.Ip("link set right up");
        var ports = Say(Run(right, "served", "0.0.0.0", "0", 0)).Split(' ');
        return (left, $"10.9.{number}.2", ports[1], ports[2]);
    }

    private Process Run(TestNamespace space, string what, string host, string port, int count)
    {
        var start = new ProcessStartInfo("ip", ["netns", "exec", space.Name, "/usr/bin/python3", Script, what, _notes, host, port, $"{count}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        _processes.Add(process);
        return process;
    }

    private static string Say(Process process) => process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("it ended at once");
}
