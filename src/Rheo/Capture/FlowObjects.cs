using Rheo.Bpf;
using Rheo.Bpf.Netlink;

namespace Rheo.Capture;

/// <summary>
/// The loaded flow object, and a second one over the same maps for devices without a link-layer header. Loading is most of the
/// time of a start (the verifier), and most hosts have no such device: it is loaded when the first one shows up.
/// </summary>
internal sealed class FlowObjects : IDisposable
{
    private readonly bool _asFilters;
    private readonly InheritedLinks _inherited;
    private FlowBpf? _linkLayerLess;

    internal FlowObjects(int tableEntries, bool asFilters = false, FlowInheritance? before = null)
    {
        _asFilters = asFilters;
        Main = FlowObject.Load(tableEntries, before, out var sharesMaps);
        _inherited = before is null ? InheritedLinks.None : new InheritedLinks(before.Links);
        SharesMaps = sharesMaps;
    }

    internal FlowBpf Main { get; }

    /// <summary>The maps are those of the version before: all that it counted stands in them.</summary>
    internal bool SharesMaps { get; }

    internal BpfProgram Program(NetworkDevice device, TcDirection direction)
    {
        var ingress = direction == TcDirection.Ingress;
        if (device.HasLinkHeader)
            return ingress ? Main.Programs.FlowIngressL2 : Main.Programs.FlowEgressL2;
        _linkLayerLess ??= FlowObject.LoadLinkLayerLess(Main);
        return ingress ? _linkLayerLess.Programs.FlowIngressL3 : _linkLayerLess.Programs.FlowEgressL3;
    }

    /// <summary>Puts one of the programs in the place of its predecessor; null when there is none.</summary>
    internal TcLink? TryTakeOver(BpfProgram program, int ifindex, TcDirection direction) => _inherited.TryTakeOver(program, ifindex, direction);

    /// <summary>Attaches one of the programs by the best way there is, or as a filter where that was asked for. Threads: any.</summary>
    internal TcLink Attach(BpfProgram program, int ifindex, TcDirection direction) =>
        _asFilters ? TcLink.AttachFilter(program, ifindex, direction) : TcLink.Attach(program, ifindex, direction);

    /// <summary>Detaches what the version before had attached and nobody took over.</summary>
    internal void ReleaseInherited() => _inherited.Dispose();

    /// <summary>Whether what stands at a hook is a flow program of a Rheo, this one or another. Needs CAP_SYS_ADMIN for those at tcx.</summary>
    internal static bool Owns(TcHookEntry entry)
    {
        var name = entry.Name ?? "";
        name = name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..]; // a filter's name begins with its owner
        return name.StartsWith("flow_ingress_l", StringComparison.Ordinal) || name.StartsWith("flow_egress_l", StringComparison.Ordinal);
    }

    /// <summary>What the kernel has counted for each program at a hook, by its name.</summary>
    internal Dictionary<string, ProgramStatistics> Statistics() =>
        Hooked().ToDictionary(program => program.Name, program => program.Statistics());

    private IEnumerable<BpfProgram> Hooked()
    {
        IEnumerable<BpfProgram> main = [Main.Programs.FlowIngressL2, Main.Programs.FlowEgressL2];
        return _linkLayerLess is { } other ? [.. main, other.Programs.FlowIngressL3, other.Programs.FlowEgressL3] : main;
    }

    public void Dispose()
    {
        _inherited.Dispose();
        _linkLayerLess?.Dispose();
        Main.Dispose();
    }
}
