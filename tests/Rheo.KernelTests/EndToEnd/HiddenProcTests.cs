using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Rheo.KernelTests.Links;
using Xunit;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>A /proc that shows nobody else's processes, or that is not there at all.</summary>
public sealed class HiddenProcTests
{
    [RootFact]
    public void OwnersAreKnownWhereItShowsNobody()
    {
        using var space = TestNamespace.Create();
        using var agent = RheoProcess.StartCommand(space, [.. Mounted("mount -t proc -o hidepid=2 proc /proc"), .. RheoProcess.Command, "agent", "--socket", "none"]);
        agent.AwaitMessage("serving http://");
        using var listener = space.Run(Listen);
        using var client = space.Run(() => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        client.Connect(listener.LocalEndPoint!);
        var port = ((IPEndPoint)client.LocalEndPoint!).Port;

        Assert.True(SpinWait.SpinUntil(() => Owner(space, port) == Environment.ProcessId, TimeSpan.FromSeconds(10)), agent.Errors);
        Assert.Equal(0, agent.End());
        Assert.Contains("nothing lost", agent.Errors, StringComparison.Ordinal);
    }

    [RootTheory]
    [InlineData("agent --socket none")]
    [InlineData("flows --duration 1s --agent never")]
    [InlineData("conns --duration 1s")]
    [InlineData("drops --duration 1s")]
    [InlineData("doctor")]
    public void WithoutItThatIsSaid(string words)
    {
        // The program as it is shipped: .NET's own start needs a /proc.
        Assert.SkipUnless(RheoProcess.FastCommand.Length == 1, "needs the native binary: ./dev build");
        using var space = TestNamespace.Create();
        using var rheo = RheoProcess.StartCommand(space, [.. Mounted("mount -t tmpfs none /proc"), .. RheoProcess.FastCommand, .. words.Split(' ')]);

        var code = rheo.WaitForExit();

        Assert.True(code == 3, $"exit code {code}: {rheo.Errors}");
        Assert.Contains("/proc is not there", rheo.Errors, StringComparison.Ordinal);
    }

    private static string[] Mounted(string how) => ["unshare", "--mount", "sh", "-c", how + " && exec \"$@\"", "sh"];

    private static Socket Listen()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        return listener;
    }

    private static int Owner(TestNamespace space, int port)
    {
        var answer = space.Run(() => MetricsPage.Get(9460, $"/api/v1/flows?filter=src+port+{port}"));
        if (!answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
            return 0;
        using var document = JsonDocument.Parse(answer.Split("\r\n\r\n", 2)[1]);
        var flows = document.RootElement.GetProperty("flows");
        return flows.GetArrayLength() > 0 && flows[0].GetProperty("source").TryGetProperty("process", out var process) ? process.GetProperty("pid").GetInt32() : 0;
    }
}
