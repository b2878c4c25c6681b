using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>A program in traffic control, by the best way this kernel has: a tcx link, or else a cls_bpf filter.</summary>
/// <remarks><b>Kernel</b>: any with bpf; CAP_BPF and CAP_NET_ADMIN. <b>Threads</b>: one at a time; <see cref="IsAttached"/> may be
/// asked by another while this one is disposed of.</remarks>
public sealed class TcLink : IDisposable
{
    private readonly TcxLink? _tcx;
    private readonly ClsBpfFilter? _filter;

    private TcLink(TcxLink? tcx, ClsBpfFilter? filter) => (_tcx, _filter) = (tcx, filter);

    /// <summary>Which way was taken.</summary>
    public TcMechanism Mechanism => _tcx is null ? TcMechanism.Filter : TcMechanism.Tcx;

    /// <summary>The tcx link, when that way was taken.</summary>
    public TcxLink? Tcx => _tcx;

    /// <summary>The filter, when that way was taken.</summary>
    public ClsBpfFilter? Filter => _filter;

    /// <summary>The index of the interface.</summary>
    public int Ifindex => _tcx?.Ifindex ?? _filter!.Ifindex;

    /// <summary>Which way the packets go that the program sees.</summary>
    public TcDirection Direction => _tcx?.Direction ?? _filter!.Direction;

    /// <summary>False once the interface is gone, or somebody deleted the filter.</summary>
    public bool IsAttached => _tcx?.IsAttached ?? _filter!.IsAttached;

    /// <summary>Attaches a program to an interface of the calling thread's network namespace.</summary>
    /// <param name="program">A loaded program of type <see cref="ProgramType.SchedCls"/>; it should return -1 (TCX_NEXT,
    /// TC_ACT_UNSPEC).</param>
    /// <param name="ifindex">The interface.</param>
    /// <param name="direction">Which way the packets go.</param>
    /// <param name="position">Where among the tcx programs; a filter goes by its priority.</param>
    /// <param name="filter">Owner, priority and handle, should a filter be needed; null for the usual ones.</param>
    /// <returns>The link; disposing it detaches the program.</returns>
    /// <exception cref="BpfException">The kernel refused; the advice says what is missing.</exception>
    public static TcLink Attach(
        BpfProgram program,
        int ifindex,
        TcDirection direction,
        TcxPosition position = TcxPosition.Head,
        ClsBpfOptions? filter = null)
    {
        var tcx = TcxLink.TryAttach(program, ifindex, direction, position, out var errno);
        if (tcx is not null)
            return new TcLink(tcx, null);
        // EINVAL has many reasons; only where the probe says that there is no tcx at all the older way is taken.
        if (errno == Errno.EINVAL && Features.Tcx == Support.No)
            return new TcLink(null, ClsBpfFilter.Attach(program, ifindex, direction, filter));
        throw TcxLink.Refused(program, ifindex, direction, errno);
    }

    /// <summary>Attaches a program as a filter, also where the kernel has tcx: to run where others expect filters, or to try the older way.</summary>
    /// <param name="program">A loaded program of type <see cref="ProgramType.SchedCls"/>; it should return TC_ACT_UNSPEC (-1).</param>
    /// <param name="ifindex">The interface.</param>
    /// <param name="direction">Which way the packets go.</param>
    /// <returns>The link; disposing it takes the filter away.</returns>
    /// <exception cref="BpfException">The kernel refused; the advice says what is missing.</exception>
    public static TcLink AttachFilter(BpfProgram program, int ifindex, TcDirection direction) =>
        new(null, ClsBpfFilter.Attach(program, ifindex, direction));

    /// <summary>What a successor needs to take this attachment over.</summary>
    public TcLinkState State => new(Ifindex, Direction, _tcx?.FileDescriptor ?? -1, _filter?.Name);

    /// <summary>Goes on with an attachment that this process made before it began another program (execve(2)). It holds the old program still.</summary>
    /// <param name="state">What its maker knew of it; a link's descriptor is this object's own from now on.</param>
    /// <exception cref="BpfException">It is no such link, or the filter is gone.</exception>
    public static TcLink TakeOver(TcLinkState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Filter is { } name
            ? new TcLink(null, ClsBpfFilter.TakeOver(state.Ifindex, state.Direction, name))
            : new TcLink(TcxLink.TakeOver(state.Descriptor, state.Ifindex, state.Direction), null);
    }

    /// <summary>Puts another program in the place of this one: each packet meets one of the two.</summary>
    /// <param name="program">A loaded program of the same type.</param>
    /// <exception cref="BpfException">The kernel refused: the interface is gone, or somebody deleted the filter.</exception>
    public void Update(BpfProgram program)
    {
        _tcx?.Update(program);
        _filter?.Update(program);
    }

    /// <summary>Detaches the program.</summary>
    public void Dispose()
    {
        _tcx?.Dispose();
        _filter?.Dispose();
    }
}
