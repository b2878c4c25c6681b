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
/// the sockets it removes itself with. <b>Kernel</b>: 4.5; CAP_BPF and CAP_NET_ADMIN. <b>Threads</b>: one at a time; <see cref="IsAttached"/>
/// may be asked by another while this one is disposed of.
/// </remarks>
public sealed partial class ClsBpfFilter : IDisposable
{
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
}
