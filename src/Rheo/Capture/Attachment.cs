using Rheo.Bpf;
using Rheo.Bpf.Netlink;

namespace Rheo.Capture;

/// <summary>The flow programs on one interface; disposing detaches them.</summary>
internal sealed class Attachment : IDisposable
{
    private readonly List<(TcLink Link, BpfProgram Program)> _links = [];

    private Attachment(NetworkDevice device) => Device = device;

    internal NetworkDevice Device { get; set; }

    /// <summary><c>eth0 (tcx)</c>.</summary>
    internal string Description =>
        $"{Text.Printable(Device.Name)} ({(_links[0].Link.Mechanism == TcMechanism.Tcx ? "tcx" : "cls_bpf")})";

    /// <summary>Both directions; of the loopback only ingress, where each packet that left by it comes in again.</summary>
    /// <exception cref="BpfException">The kernel refused; nothing is attached then.</exception>
    internal static Attachment Attach(NetworkDevice device, FlowObjects objects)
    {
        var attachment = new Attachment(device);
        try
        {
            attachment.Add(objects.Program(device, TcDirection.Ingress), TcDirection.Ingress);
            if (!device.IsLoopback)
                attachment.Add(objects.Program(device, TcDirection.Egress), TcDirection.Egress);
            return attachment;
        }
        catch
        {
            attachment.Dispose();
            throw;
        }
    }

    /// <summary>Is it still so? Foreign programs that see packets before ours, and links that somebody took away.</summary>
    /// <returns>A line for each finding; empty when all is well.</returns>
    internal IEnumerable<string> Audit()
    {
        foreach (var (link, program) in _links)
        {
            var where = $"{Text.Printable(Device.Name)} {(link.Direction == TcDirection.Ingress ? "ingress" : "egress")}";
            if (!link.IsAttached)
            {
                yield return $"{where}: our program was detached by someone else";
                continue;
            }

            foreach (var entry in TcHook.Query(Device.Index, link.Direction).Before((uint)program.Id))
                yield return $"{where}: {Describe(entry)} sees packets before us; those that it drops or redirects are not counted";
        }
    }

    public void Dispose()
    {
        foreach (var (link, _) in _links)
            link.Dispose();
        _links.Clear();
    }

    private static string Describe(TcHookEntry entry) =>
        $"{(entry.Mechanism == TcMechanism.Tcx ? "tcx program" : "filter")} {(entry.Name is { } name ? Text.Printable(name) : entry.Kind)} (id {entry.ProgramId})";

    private void Add(BpfProgram program, TcDirection direction) =>
        _links.Add((TcLink.Attach(program, Device.Index, direction), program));
}
