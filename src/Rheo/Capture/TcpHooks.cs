using Rheo.Bpf;

namespace Rheo.Capture;

/// <summary>
/// The privileged half of what is known of TCP connections: the object loaded and attached, and the sockets found that were there before.
/// Kernel: 5.12 or newer with BTF; CAP_BPF and CAP_PERFMON.
/// </summary>
internal sealed class TcpHooks : IPartHooks
{
    private const string Needs = "the health of TCP connections needs Linux 5.12 or newer with BTF, CAP_BPF and CAP_PERFMON";
    private const int SeedBuffer = 4096;

    private readonly TcpBpf _bpf;
    private readonly List<BpfLink> _links = [];

    private TcpHooks(TcpBpf bpf)
    {
        _bpf = bpf;
        Handed = new HandedObject(OptionalParts.Tcp, new Dictionary<string, int>());
    }

    /// <inheritdoc/>
    public HandedObject Handed { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyList<int> Links => _links.ConvertAll(link => link.FileDescriptor);

    /// <summary>Loads the programs, attaches them, and finds the sockets that are there.</summary>
    /// <exception cref="MissingSupportException">The kernel or our rights do not suffice; the message says what would.</exception>
    internal static TcpHooks Open()
    {
        TcpHooks? hooks = null;
        try
        {
            hooks = new TcpHooks(Load());
            hooks.Attach();
            return hooks;
        }
        catch (BpfException refused)
        {
            hooks?.Dispose();
            throw new MissingSupportException($"{refused.Message}; {Needs}", refused);
        }
    }

    /// <exception cref="BpfException">The kernel or our rights do not suffice.</exception>
    internal static TcpBpf Load()
    {
        var bpf = TcpBpf.Open();
        try
        {
            bpf.Load();
            return bpf;
        }
        catch
        {
            bpf.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var link in _links)
            link.Dispose();
        _bpf.Dispose();
    }

    // Attached first, then seeded: what changes in between is seen twice rather than never.
    private void Attach()
    {
        var programs = _bpf.Programs;
        foreach (var program in (BpfProgram[])[programs.TcpState, programs.TcpAgain, programs.TcpSynackAgain, programs.TcpResetOut, programs.TcpResetIn])
            _links.Add(TracingLink.Attach(program));
        Seed(programs.TcpSeedFiles);
        Seed(programs.TcpSeedSpace);
        var maps = HandedObject.Of(OptionalParts.Tcp, _bpf.Object, TcpCapture.Maps, programs.TcpState);
        Handed = maps with
        {
            Descriptors = new Dictionary<string, int>(maps.Descriptors)
            {
                [TcpCapture.WalkLink] = Walk(programs.TcpWalk, "tcp_lives"), [TcpCapture.YoungLink] = Walk(programs.TcpWalkYoung, "tcp_young"),
            },
        };
    }

    private int Walk(BpfProgram program, string map)
    {
        var link = IteratorLink.Attach(program, IteratorTarget.Map(_bpf.Object.Map(map).FileDescriptor));
        _links.Add(link);
        return link.FileDescriptor;
    }

    private static void Seed(BpfProgram program)
    {
        using var link = IteratorLink.Attach(program);
        using var walk = link.Open();
        Span<byte> nothing = stackalloc byte[SeedBuffer];
        while (walk.Read(nothing) > 0)
        {
            // The program writes nothing here: what it finds it leaves with the sockets.
        }
    }
}
