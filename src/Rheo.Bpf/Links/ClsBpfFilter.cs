using Rheo.Bpf.Interop;
using Rheo.Bpf.Netlink;

namespace Rheo.Bpf;

/// <summary>
/// A program as a direct-action filter of an interface's clsact qdisc: the way into traffic control on kernels without tcx.
/// </summary>
/// <remarks>
/// Only our own filter is ever removed, known by the random token in its name; the qdisc only if we made it and it is empty.
/// The kernel keeps a filter when its process is killed: the next attachment with the same owner and program takes it away
/// (<see cref="Reclaimed"/>). Anybody with CAP_NET_ADMIN may delete the filter or the whole qdisc and nobody is told: ask
/// <see cref="IsAttached"/> from time to time. Unlike a link it keeps its network namespace alive, by
/// the sockets it removes itself with. <b>Kernel</b>: 4.5; CAP_BPF and CAP_NET_ADMIN. <b>Threads</b>: one at a time.
/// </remarks>
public sealed class ClsBpfFilter : IDisposable
{
    /// <summary>16: so many filters of ours on one hook are more than anybody runs at once.</summary>
    private const int HandleAttempts = 16;
    private const ushort EveryProtocol = TrafficControlNumbers.ETH_P_ALL;

    private readonly RouteSocket _socket;
    private readonly Clsact _clsact;
    private readonly FilterToken _token;
    private TcFilter _filter;
    private bool _madeQdisc;
    private bool _disposed;

    private ClsBpfFilter(RouteSocket socket, int ifindex, TcDirection direction)
    {
        _socket = socket;
        _clsact = new Clsact(socket, ifindex);
        _token = FilterToken.Create();
        (Ifindex, Direction) = (ifindex, direction);
    }

    /// <summary>The index of the interface.</summary>
    public int Ifindex { get; }

    /// <summary>Which way the packets go that the program sees.</summary>
    public TcDirection Direction { get; }

    /// <summary>The priority it was given.</summary>
    public ushort Priority => _filter.Priority;

    /// <summary>The handle it was given.</summary>
    public uint FilterHandle => _filter.Handle;

    /// <summary>The filter's name, as <c>tc filter show</c> prints it.</summary>
    public string Name => _filter.Name;

    /// <summary>How many filters of killed predecessors were taken away.</summary>
    public int Reclaimed { get; private set; }

    /// <summary>True when this filter's end may also be the qdisc's: we, or a predecessor of ours, made it.</summary>
    public bool MadeQdisc => _madeQdisc;

    /// <summary>True while the filter is there; false once somebody deleted it or the interface is gone.</summary>
    public bool IsAttached => !_disposed && List(Direction).Exists(filter => filter.Name == _filter.Name);

    /// <summary>Attaches a program to an interface of the calling thread's network namespace.</summary>
    /// <param name="program">A loaded program of type <see cref="ProgramType.SchedCls"/>; it should return TC_ACT_UNSPEC (-1).</param>
    /// <param name="ifindex">The interface.</param>
    /// <param name="direction">Which way the packets go.</param>
    /// <param name="options">Owner, priority and handle; null for the usual ones.</param>
    /// <returns>The filter; disposing it takes it away.</returns>
    /// <exception cref="BpfException">The kernel refused; the advice says what is missing.</exception>
    /// <exception cref="ArgumentException">The owner's name cannot be part of a filter's name.</exception>
    public static ClsBpfFilter Attach(BpfProgram program, int ifindex, TcDirection direction, ClsBpfOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        options ??= new ClsBpfOptions();
        if (options.Owner.Length is 0 or > 64 || options.Owner.AsSpan().ContainsAny('@', '/'))
            throw new ArgumentException("1 to 64 characters, without '@' and '/'", nameof(options));
        var filter = new ClsBpfFilter(RouteSocket.Open(), ifindex, direction);
        var errno = filter.Add(program, options);
        if (errno == 0)
            return filter;
        var explanation = filter._socket.Explanation;
        filter.Dispose();
        throw Refused(program, ifindex, direction, errno, explanation);
    }

    /// <summary>Goes on with a filter that this process made before it began another program.</summary>
    /// <param name="ifindex">The interface.</param>
    /// <param name="direction">Which way the packets go.</param>
    /// <param name="name">The filter's name.</param>
    /// <exception cref="BpfException">There is no such filter.</exception>
    internal static ClsBpfFilter TakeOver(int ifindex, TcDirection direction, string name)
    {
        var taken = new ClsBpfFilter(RouteSocket.Open(), ifindex, direction);
        taken._filter = taken.List(direction).Find(filter => filter.Name == name);
        if (FilterName.TryParse(taken._filter.Name ?? "", out var parts))
        {
            taken._madeQdisc = parts.MadeQdisc;
            return taken;
        }

        taken.Dispose();
        throw new BpfException("take over filter", TcxLink.TargetOf(ifindex, direction), Errno.ENOENT);
    }

    /// <summary>Puts another program in the place of this one, under this object's own name.</summary>
    /// <exception cref="BpfException">The kernel refused, or somebody deleted the filter.</exception>
    internal void Update(BpfProgram program)
    {
        if (!FilterName.TryParse(_filter.Name, out var name))
            throw new InvalidOperationException("the filter is not attached");
        var next = _filter with { Name = (name with { Program = program.Name, Token = _token.Text }).ToString() };
        var errno = _clsact.Replace(Direction, next, program.FileDescriptor);
        if (errno != 0)
            throw Refused(program, Ifindex, Direction, errno, _socket.Explanation);
        _filter = next;
    }

    /// <summary>
    /// Takes the filter away, and the qdisc when it is ours and nothing is left in it. Does nothing about what is gone already.
    /// </summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        // By name: somebody may have deleted ours and put another at the same handle.
        foreach (var filter in List(Direction).Where(filter => _filter.Name is not null && filter.Name == _filter.Name))
            _clsact.Remove(Direction, filter);
        if (_madeQdisc && List(TcDirection.Ingress).Count == 0 && List(TcDirection.Egress).Count == 0)
            _clsact.Delete();
        _token.Dispose();
        _socket.Dispose();
    }

    private int Add(BpfProgram program, ClsBpfOptions options)
    {
        Reclaim(options.Owner, program.Name);
        var errno = _clsact.Create();
        _madeQdisc |= errno == 0;
        if (errno is not (0 or Errno.EEXIST))
            return errno;
        // The older "ingress" qdisc takes an egress filter without a word and runs it on ingress.
        if (Direction == TcDirection.Egress && _clsact.Kind() is not Clsact.QdiscKind)
            return Errno.EOPNOTSUPP;
        var name = new FilterName(options.Owner, program.Name, _token.Text, _madeQdisc).ToString();
        var priority = FirstPriority(options.Priority);
        for (var attempt = 0u; attempt < HandleAttempts; attempt++)
        {
            var filter = new TcFilter("bpf", 0, priority, EveryProtocol, options.Handle + attempt, name, 0);
            errno = _clsact.Add(Direction, filter, program.FileDescriptor);
            if (errno == 0)
                _filter = filter;
            if (errno != Errno.EEXIST)
                return errno;
        }
        return errno;
    }

    /// <summary>
    /// Takes away what killed predecessors left here, and learns from all filters of the owner whether the qdisc is the owner's:
    /// the last of them deletes it.
    /// </summary>
    private void Reclaim(string owner, string program)
    {
        foreach (var direction in (ReadOnlySpan<TcDirection>)[TcDirection.Ingress, TcDirection.Egress])
        {
            foreach (var filter in List(direction))
            {
                if (!FilterName.TryParse(filter.Name, out var name) || name.Owner != owner)
                    continue;
                _madeQdisc |= name.MadeQdisc;
                if (direction == Direction && name.Program == program && !FilterToken.IsAlive(name.Token)
                    && _clsact.Remove(direction, filter) == 0)
                    Reclaimed++;
            }
        }
    }

    /// <summary>A priority belongs to one kind of filter and one protocol: the first from the wanted one on that is free or fits.</summary>
    private ushort FirstPriority(ushort wanted)
    {
        var taken = List(Direction)
            .Where(filter => filter.Chain == 0 && (filter.Kind != "bpf" || filter.Protocol != EveryProtocol))
            .Select(filter => filter.Priority)
            .ToHashSet();
        while (taken.Contains(wanted) && wanted < ushort.MaxValue)
            wanted++;
        return wanted;
    }

    private List<TcFilter> List(TcDirection direction)
    {
        var filters = new List<TcFilter>();
        // A failure leaves the list empty: no qdisc, or no interface any more.
        _clsact.List(direction, filters);
        return filters;
    }

    private static BpfException Refused(BpfProgram program, int ifindex, TcDirection direction, int errno, string? explanation)
    {
        var advice = AttachAdvice.NoSuchDevice(ifindex)
            ?? TcxLink.WrongType(program)
            ?? OldIngressQdisc(direction, errno)
            ?? AttachAdvice.For(errno, Capability.Bpf, Capability.NetAdmin)
            ?? explanation;
        return new BpfException("attach program", $"{program.Name} to {TcxLink.TargetOf(ifindex, direction)} (cls_bpf)", errno, advice);
    }

    private static string? OldIngressQdisc(TcDirection direction, int errno) =>
        direction == TcDirection.Egress && errno == Errno.EOPNOTSUPP
            ? "an \"ingress\" qdisc of somebody else is in the way and has no egress side: look with tc qdisc show"
            : null;
}
