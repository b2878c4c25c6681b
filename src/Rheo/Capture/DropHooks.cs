using Rheo.Bpf;

namespace Rheo.Capture;

/// <summary>
/// The privileged half of the drops: the object loaded and attached. Kernel: 5.10 or newer with BTF (reasons from 5.17); CAP_BPF and
/// CAP_PERFMON.
/// </summary>
internal sealed class DropHooks : IPartHooks
{
    /// <summary>The walk over all listeners, as it is handed over.</summary>
    internal const string Listeners = "listeners";

    private readonly DropBpf _bpf;
    private readonly List<BpfLink> _links = [];

    private DropHooks(DropKernel kernel, DropBpf bpf)
    {
        _bpf = bpf;
        Handed = HandedObject.Of(OptionalParts.Drop, bpf.Object, Maps, bpf.Programs.DropSkb) with { Facts = kernel.Facts };
    }

    /// <summary>What is handed over.</summary>
    internal static IReadOnlyList<string> Maps { get; } = ["drop_places", "drop_flows", "drop_ledger", "drop_ring", "drop_sites", "drop_devices"];

    /// <inheritdoc/>
    public HandedObject Handed { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyList<int> Links => _links.ConvertAll(link => link.FileDescriptor);

    /// <summary>Loads the programs and attaches them.</summary>
    /// <exception cref="MissingSupportException">The kernel or our rights do not suffice; the message says what would.</exception>
    internal static DropHooks Open()
    {
        var kernel = DropKernel.Read();
        DropHooks? hooks = null;
        try
        {
            hooks = new DropHooks(kernel, DropObject.Load(kernel));
            hooks.Attach();
            return hooks;
        }
        catch (BpfException refused)
        {
            hooks?.Dispose();
            throw new MissingSupportException(refused.Message, refused);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var link in _links)
            link.Dispose();
        _bpf.Dispose();
    }

    private void Attach()
    {
        _links.Add(TracingLink.Attach(_bpf.Programs.DropSkb));
        _links.Add(TracingLink.Attach(_bpf.Programs.DropXdp));
        if (!_bpf.Programs.DropListeners.AutoLoad)
            return;
        var walk = IteratorLink.Attach(_bpf.Programs.DropListeners);
        _links.Add(walk);
        Handed = Handed with { Descriptors = new Dictionary<string, int>(Handed.Descriptors) { [Listeners] = walk.FileDescriptor } };
    }
}
