using Rheo.Bpf;

namespace Rheo.Capture;

/// <summary>
/// The privileged half of what is known of TCP connections: programs loaded and attached, and the sockets that were there before found.
/// Reading is <see cref="TcpCapture"/>'s, in this process or in another that gets the <see cref="Descriptors"/>.
/// Threads: one. Kernel: 5.12 or newer with BTF; CAP_BPF and CAP_PERFMON.
/// </summary>
public sealed class TcpHooks : IDisposable
{
    private const string Needs = "the health of TCP connections needs Linux 5.12 or newer with BTF, CAP_BPF and CAP_PERFMON";
    private const int SeedBuffer = 4096;

    private readonly TcpBpf _bpf;
    private readonly List<BpfLink> _links = [];
    private readonly IteratorLink _walk;

    private TcpHooks(TcpBpf bpf)
    {
        _bpf = bpf;
        var programs = bpf.Programs;
        // Attached first, then seeded: what changes in between is seen twice rather than never.
        foreach (var program in (BpfProgram[])[programs.TcpState, programs.TcpAgain, programs.TcpSynackAgain, programs.TcpResetOut, programs.TcpResetIn])
            _links.Add(TracingLink.Attach(program));
        _walk = IteratorLink.Attach(programs.TcpWalk, IteratorTarget.Map(bpf.Object.Map("tcp_lives").FileDescriptor));
        _links.Add(_walk);
        Seed(programs.TcpSeedFiles);
        Seed(programs.TcpSeedSpace);
    }

    /// <summary>What a reader needs, in the order of <see cref="TcpKernel"/>; they stay this object's own.</summary>
    public IReadOnlyList<int> Descriptors =>
        [.. TcpKernel.MapNames.Select(name => _bpf.Object.Map(name).FileDescriptor), _walk.FileDescriptor];

    /// <summary>Loads the programs, attaches them, and finds the sockets that are there.</summary>
    /// <param name="tellsOpened">Whether each opening is told at once; else the walks show it.</param>
    /// <exception cref="MissingSupportException">The kernel or our rights do not suffice; the message says what would.</exception>
    public static TcpHooks Open(bool tellsOpened = false)
    {
        TcpBpf? bpf = null;
        try
        {
            bpf = TcpBpf.Open();
            bpf.Rodata.TellOpened = tellsOpened;
            bpf.Load();
            return new TcpHooks(bpf);
        }
        catch (BpfException refused)
        {
            bpf?.Dispose();
            throw new MissingSupportException($"{refused.Message}; {Needs}", refused);
        }
    }

    /// <summary>Detaches and lets go of everything in the kernel, the sockets' storage too.</summary>
    public void Dispose()
    {
        foreach (var link in _links)
            link.Dispose();
        _bpf.Dispose();
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
