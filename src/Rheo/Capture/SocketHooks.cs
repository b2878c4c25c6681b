using Rheo.Bpf;

namespace Rheo.Capture;

/// <summary>
/// The privileged half of the owners: the socket object loaded, and attached to the root of cgroup v2, to tracepoints, and as an iterator.
/// Threads: one. Kernel: 5.10 or newer with BTF; CAP_BPF, CAP_PERFMON and, for the hooks at the cgroup, CAP_NET_ADMIN.
/// </summary>
internal sealed class SocketHooks : IPartHooks
{
    private readonly SocketBpf _bpf;
    private readonly List<BpfLink> _links = [];
    private readonly List<string> _warnings = [];

    private SocketHooks(SocketBpf bpf)
    {
        _bpf = bpf;
        Handed = HandedObject.Of(OptionalParts.Socket, bpf.Object, SocketCapture.Maps, bpf.Programs.SocketReader);
    }

    /// <inheritdoc/>
    public HandedObject Handed { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <inheritdoc/>
    public IReadOnlyList<int> Links => _links.ConvertAll(link => link.FileDescriptor);

    /// <summary>Loads the programs and attaches them.</summary>
    /// <param name="ringBytes">Bytes of the ring; null: as the object says.</param>
    /// <exception cref="MissingSupportException">The kernel or our rights do not suffice; the message says what would.</exception>
    internal static SocketHooks Open(uint? ringBytes = null)
    {
        SocketHooks? hooks = null;
        try
        {
            hooks = new SocketHooks(Load(ringBytes));
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

    // Tried first with all of it; kernels before 5.12 lack two helpers.
    internal static SocketBpf Load(uint? ringBytes = null)
    {
        try
        {
            return Load(ringBytes, isOldKernel: false);
        }
        catch (BpfException) when (Environment.OSVersion.Version < new Version(5, 12))
        {
            return Load(ringBytes, isOldKernel: true);
        }
    }

    private static SocketBpf Load(uint? ringBytes, bool isOldKernel)
    {
        var bpf = SocketBpf.Open();
        try
        {
            bpf.Rodata.HasCookie = !isOldKernel;
            bpf.Rodata.HasTask = Environment.OSVersion.Version >= new Version(5, 17);
            bpf.Programs.SocketWalk.AutoLoad = !isOldKernel;
            bpf.Programs.SocketPorts.AutoLoad = !isOldKernel;
            bpf.Rodata.OwnerLookBytes = RingLook.BytesOfACpu(bpf.Object.Map("owner_ring").MaxEntries);
            if (ringBytes is { } bytes)
                bpf.Object.Map("owner_ring").MaxEntries = (int)bytes;
            bpf.Load();
            return bpf;
        }
        catch
        {
            bpf.Dispose();
            throw;
        }
    }

    private void Attach()
    {
        var programs = _bpf.Programs;
        foreach (var program in (BpfProgram[])[programs.SocketState, programs.SocketFork, programs.SocketExit])
            _links.Add(TracingLink.Attach(program));
        AttachToCgroup();
        if (!programs.SocketWalk.AutoLoad)
        {
            _warnings.Add("the owners of sockets older than this process stay unknown: Linux 5.12 is needed");
            return;
        }

        var walk = IteratorLink.Attach(programs.SocketWalk);
        _links.Add(walk);
        var ports = IteratorLink.Attach(programs.SocketPorts, IteratorTarget.Map(_bpf.Object.Map("socket_waits").FileDescriptor));
        _links.Add(ports);
        Handed = Handed with
        {
            Descriptors = new Dictionary<string, int>(Handed.Descriptors)
            {
                [DescriptorWalk.Name] = walk.FileDescriptor, [PortWalk.Name] = ports.FileDescriptor,
            },
        };
    }

    // Every process is somewhere below the root of version 2, also where all else is done by version 1.
    private void AttachToCgroup()
    {
        var programs = _bpf.Programs;
        using var root = CgroupRoot.Open();
        if (root is null)
        {
            _warnings.Add("cgroup2 is not mounted: the owner of a socket is known only from the next look at all descriptors on");
            return;
        }

        foreach (var program in (BpfProgram[])[
            programs.SocketBind4, programs.SocketBind6, programs.SocketConnect4, programs.SocketConnect6,
            programs.SocketSend4, programs.SocketSend6, programs.SocketAsked4, programs.SocketAsked6, programs.SocketRelease])
            _links.Add(CgroupLink.Attach(program, root.Folder));
    }
}
