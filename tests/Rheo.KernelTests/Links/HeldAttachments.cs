using Rheo.Bpf;

namespace Rheo.KernelTests.Links;

/// <summary>What the process that will be killed attaches: one of each kind.</summary>
internal static class HeldAttachments
{
    /// <summary>Attaches to lo of a namespace and to a cgroup, prints the program's ids, and waits for its end.</summary>
    internal static void Hold(string space, string cgroup)
    {
        TestNamespace.Enter(space);
        var programs = CountedPrograms.Load(
            obj => UprobeLink.PreferMulti(obj.Program("uprobe_multi_count")),
            "tc_first", "tc_second", "xdp_count", "tp_btf_count", "raw_count", "sock_ops_count", "uprobe_multi_count");
        BpfLink[] links =
        [
            TcxLink.Attach(programs["tc_first"], 1, TcDirection.Ingress),
            XdpLink.Attach(programs["xdp_count"], 1),
            TracingLink.Attach(programs["tp_btf_count"]),
            RawTracepointLink.Attach(programs["raw_count"], "netif_receive_skb"),
            CgroupLink.Attach(programs["sock_ops_count"], cgroup),
            UprobeLink.AttachSymbol(programs["uprobe_multi_count"], "/bin/bash", "main"),
        ];
        var filter = ClsBpfFilter.Attach(programs["tc_second"], 1, TcDirection.Ingress);
        Console.WriteLine(string.Join(' ', links.Select(link => link.ProgramId)));
        Thread.Sleep(Timeout.Infinite);
        GC.KeepAlive((programs, links, filter));
    }
}
