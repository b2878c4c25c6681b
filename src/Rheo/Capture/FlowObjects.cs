using Rheo.Bpf;
using Rheo.Bpf.Netlink;

namespace Rheo.Capture;

/// <summary>
/// The loaded flow object, and a second one over the same maps for devices without a link-layer header. Loading is most of the
/// time of a start (the verifier), and most hosts have no such device: it is loaded when the first one shows up.
/// </summary>
internal sealed class FlowObjects(int tableEntries) : IDisposable
{
    private FlowBpf? _linkLayerLess;

    internal FlowBpf Main { get; } = FlowObject.Load(tableEntries);

    internal BpfProgram Program(NetworkDevice device, TcDirection direction)
    {
        var ingress = direction == TcDirection.Ingress;
        if (device.HasLinkHeader)
            return ingress ? Main.Programs.FlowIngressL2 : Main.Programs.FlowEgressL2;
        _linkLayerLess ??= FlowObject.LoadLinkLayerLess(Main);
        return ingress ? _linkLayerLess.Programs.FlowIngressL3 : _linkLayerLess.Programs.FlowEgressL3;
    }

    public void Dispose()
    {
        _linkLayerLess?.Dispose();
        Main.Dispose();
    }
}
