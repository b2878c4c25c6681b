using System.Net;
using System.Text.Json;
using Rheo.KernelTests.Links;
using Xunit;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>With CAP_BPF, CAP_PERFMON and CAP_NET_ADMIN alone, as a user who is nobody, connections and owners are all there.</summary>
public sealed class LeastRightsTests
{
    private const string Wanted = "+bpf,+perfmon,+net_admin";
    private const string Port = "18437"; // of no other test: conns tells of all namespaces

    // `ip netns exec` has a /sys of its own, without cgroups: back to the one that everybody sees.
    private static readonly string[] s_nobody =
    [
        "nsenter", $"--mount=/proc/{Environment.ProcessId}/ns/mnt", "setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups",
        "--inh-caps", Wanted, "--ambient-caps", Wanted, "--no-new-privs", .. RheoProcess.Command,
    ];

    [RootFact(Kernel = "5.12")]
    public void ThreeCapabilitiesAreEnoughForConnectionsAndTheirOwners()
    {
        using var space = TestNamespace.Create();
        using var conns = RheoProcess.StartCommand(space, [.. s_nobody, "conns", "--all", "--duration", "3s", "-o", "json", "tcp", "port", Port]);
        conns.AwaitMessage("watching");
        using var talk = space.Run(() => Owners.Talk.Over(new IPEndPoint(IPAddress.Loopback, int.Parse(Port))));

        Assert.Equal(0, conns.WaitForExit());
        Assert.DoesNotContain("warning", conns.Errors, StringComparison.Ordinal);
        var rows = Rows(conns);
        Assert.Equal(["client", "server"], rows.Select(row => row.GetProperty("role").GetString()).Order());
        Assert.All(rows, row => Assert.Equal(Environment.ProcessId, Pid(row.GetProperty("local"))));
        Assert.All(rows, row => Assert.Equal("established", row.GetProperty("state").GetString()));
        Assert.True(rows[0].GetProperty("rtt").GetProperty("smoothed_us").GetInt64() > 0);
    }

    [RootFact]
    public void ThreeCapabilitiesAreEnoughForTheOwnersOfFlows()
    {
        using var space = TestNamespace.Create();
        using var flows = RheoProcess.StartCommand(space, [.. s_nobody, "flows", "--agent", "never", "--duration", "3s", "-o", "json", "tcp", "port", Port]);
        flows.AwaitMessage("watching");
        space.Run(() => Owners.Talk.Over(new IPEndPoint(IPAddress.Loopback, int.Parse(Port)))).Dispose();

        Assert.Equal(0, flows.WaitForExit());
        Assert.DoesNotContain("owner", flows.Errors, StringComparison.Ordinal);
        var row = Assert.Single(Rows(flows));
        Assert.Equal((Environment.ProcessId, Environment.ProcessId), (Pid(row.GetProperty("source")), Pid(row.GetProperty("destination"))));
    }

    private static int Pid(JsonElement end) => end.GetProperty("process").GetProperty("pid").GetInt32();

    private static List<JsonElement> Rows(RheoProcess run) =>
        [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
}
