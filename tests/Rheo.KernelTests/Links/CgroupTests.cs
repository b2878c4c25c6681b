using System.Net;
using System.Net.Sockets;
using Rheo.Bpf;
using Xunit;

namespace Rheo.KernelTests.Links;

public sealed class CgroupTests : IDisposable
{
    private readonly string _cgroup = Path.Combine(CgroupLink.FindRoot()!, $"rheo-links-{Environment.ProcessId}");

    public CgroupTests() => Directory.CreateDirectory(_cgroup);

    [RootFact]
    public void ProgramSeesTheSocketsOfItsCgroupOnly()
    {
        using var programs = CountedPrograms.Load("sock_ops_count");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var link = CgroupLink.Attach(programs["sock_ops_count"], _cgroup);
        Connect("/dev/null", listener);
        Assert.Equal(0u, programs.Hits(Hit.SockOps));
        Connect($"{_cgroup}/cgroup.procs", listener);
        Assert.NotEqual(0u, programs.Hits(Hit.SockOps));
        Assert.True(link.IsAttached);
        link.Dispose();
        var hits = programs.Hits(Hit.SockOps);
        Connect($"{_cgroup}/cgroup.procs", listener);
        Assert.Equal(hits, programs.Hits(Hit.SockOps));
    }

    [RootFact]
    public void LinkIsDetachedWhenItsCgroupGoes()
    {
        using var programs = CountedPrograms.Load("sock_ops_count");
        var gone = Directory.CreateDirectory(_cgroup + "-gone");
        using var link = CgroupLink.Attach(programs["sock_ops_count"], gone.FullName);
        gone.Delete();
        for (var i = 0; i < 50 && link.IsAttached; i++)
            Thread.Sleep(20);
        Assert.False(link.IsAttached);
    }

    [RootFact]
    public void TheRootIsReachedWithoutAnyMount()
    {
        using var programs = CountedPrograms.Load("sock_ops_count");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var reached = CgroupRoot.Reach()!;
        using var link = CgroupLink.Attach(programs["sock_ops_count"], reached.Folder);

        Assert.Contains(Path.GetFileName(_cgroup), Directory.GetDirectories(reached.Folder).Select(Path.GetFileName));
        Connect("/dev/null", listener);
        Assert.NotEqual(0u, programs.Hits(Hit.SockOps));
    }

    [RootFact]
    public void RefusalsSayWhatIsWrong()
    {
        using var programs = CountedPrograms.Load("sock_ops_count");
        var missing = Assert.Throws<BpfException>(() => CgroupLink.Attach(programs["sock_ops_count"], "/no/such/cgroup"));
        Assert.Contains("no such cgroup", missing.Message);
        var other = Assert.Throws<BpfException>(() => CgroupLink.Attach(programs["sock_ops_count"], "/tmp"));
        Assert.Contains(CgroupLink.FindRoot()!, other.Message);
    }

    public void Dispose() => Directory.Delete(_cgroup);

    /// <summary>Connects from a process that joined a cgroup first.</summary>
    private static void Connect(string join, TcpListener listener) =>
        Shell.Run("bash", "-c", $"echo $$ > {join}; exec 3<>/dev/tcp/127.0.0.1/{((IPEndPoint)listener.LocalEndpoint).Port}");
}
