using Rheo.Bench.Interop;
using Rheo.Bench.Machine;
using Rheo.Bench.Programs;
using Rheo.Bpf;

namespace Rheo.Bench.Traffic;

/// <summary>Empty programs at each hook that a connection passes where Rheo watches, and nobody who reads: what no observer there can be below.</summary>
internal sealed class BareHooks : IDisposable
{
    private readonly BareBpf _bpf = BareBpf.Open();
    private readonly List<BpfLink> _links = [];

    public BareHooks(NetworkNamespace home, string device)
    {
        try
        {
            _bpf.Load();
            Attach(home, device);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var link in _links)
            link.Dispose();
        _bpf.Dispose();
    }

    private void Attach(NetworkNamespace home, string device)
    {
        var programs = _bpf.Programs;
        foreach (var program in (BpfProgram[])[programs.BareState, programs.BareStateToo, programs.BareDrop])
            _links.Add(TracingLink.Attach(program));
        using var root = CgroupRoot.Open() ?? throw new BenchException("cgroup2 is not mounted");
        foreach (var program in (BpfProgram[])[programs.BareConnect, programs.BareAccept, programs.BareRelease])
            _links.Add(CgroupLink.Attach(program, root.Folder));
        foreach (var direction in (TcDirection[])[TcDirection.Ingress, TcDirection.Egress])
            _links.Add(home.Run(() => TcxLink.Attach(programs.BarePacket, (int)Libc.if_nametoindex(device), direction)));
    }
}
