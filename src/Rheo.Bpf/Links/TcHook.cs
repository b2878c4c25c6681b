using Rheo.Bpf.Interop;
using Rheo.Bpf.Netlink;

namespace Rheo.Bpf;

/// <summary>
/// What is attached to one direction of an interface at one moment, in the order it runs: tcx programs first, then filters.
/// </summary>
/// <remarks>
/// <b>Kernel</b>: CAP_NET_ADMIN for the tcx part (6.6); filters can be listed without. A program that returns TCX_NEXT / TC_ACT_UNSPEC
/// lets the next one see the packet; whether a foreign program before ours does so cannot be read, only that it could hide packets from us.
/// </remarks>
public sealed class TcHook
{
    /// <summary>64: BPF_MPROG_MAX, the most programs that one tcx hook holds.</summary>
    private const int MaxTcxPrograms = 64;

    private TcHook(ulong revision, IReadOnlyList<TcHookEntry> entries) => (Revision, Entries) = (revision, entries);

    /// <summary>Goes up with each change of the tcx programs at the hook; 0 where there is no tcx.</summary>
    public ulong Revision { get; }

    /// <summary>Programs and filters in the order they run.</summary>
    public IReadOnlyList<TcHookEntry> Entries { get; }

    /// <summary>Reads a hook of an interface of the calling thread's network namespace.</summary>
    /// <param name="ifindex">The interface.</param>
    /// <param name="direction">The direction.</param>
    /// <returns>What is there now.</returns>
    /// <exception cref="BpfException">No such interface, or this process may not ask.</exception>
    public static TcHook Query(int ifindex, TcDirection direction)
    {
        var entries = new List<TcHookEntry>();
        var errno = ReadTcx(ifindex, direction, entries, out var revision);
        // EINVAL: a kernel without tcx. ENOENT: nothing was ever attached.
        if (errno is not (0 or Errno.EINVAL or Errno.ENOENT))
            throw Refused(ifindex, direction, errno);
        errno = ReadFilters(ifindex, direction, entries);
        if (errno is not (0 or Errno.EINVAL or Errno.ENOENT))
            throw Refused(ifindex, direction, errno);
        return new TcHook(revision, entries);
    }

    /// <summary>The entries that see a packet before a given program does, and may keep it from it.</summary>
    /// <param name="programId">The program's id.</param>
    /// <returns>All entries before it; all there are when it is not attached.</returns>
    public IEnumerable<TcHookEntry> Before(uint programId) => Entries.TakeWhile(entry => entry.ProgramId != programId);

    /// <summary>The number that goes up with each change of the tcx programs at a hook; 0 where there is no tcx, or never was a program.</summary>
    /// <remarks>Cost: one system call, some 1 µs; a whole <see cref="Query"/> costs a hundred.</remarks>
    /// <param name="ifindex">The interface.</param>
    /// <param name="direction">The direction.</param>
    public static ulong RevisionOf(int ifindex, TcDirection direction)
    {
        var query = new ProgramQuery { TargetIfindex = ifindex, AttachType = TcxLink.AttachTypeOf(direction) };
        return BpfSyscall.Call(BpfCommand.BPF_PROG_QUERY, ref query) < 0 ? 0 : query.Revision;
    }

    /// <summary>The interfaces of the calling thread's network namespace that have a place for filters (a clsact or ingress qdisc).</summary>
    /// <remarks>Cost: one dump for all interfaces. Filters that cannot be listed are taken for none.</remarks>
    public static IReadOnlySet<int> InterfacesWithFilters()
    {
        using var socket = RouteSocket.Open();
        return Clsact.Interfaces(socket);
    }

    private static unsafe int ReadTcx(int ifindex, TcDirection direction, List<TcHookEntry> entries, out ulong revision)
    {
        // SAFETY: both arrays hold MaxTcxPrograms numbers on this stack, which is the count given to the kernel.
        var programs = stackalloc uint[MaxTcxPrograms];
        var links = stackalloc uint[MaxTcxPrograms];
        var query = new ProgramQuery
        {
            TargetIfindex = ifindex,
            AttachType = TcxLink.AttachTypeOf(direction),
            ProgramIds = (ulong)programs,
            LinkIds = (ulong)links,
            Count = MaxTcxPrograms,
        };
        var result = BpfSyscall.Call(BpfCommand.BPF_PROG_QUERY, ref query);
        revision = result < 0 ? 0 : query.Revision;
        for (var i = 0; result >= 0 && i < Math.Min(query.Count, MaxTcxPrograms); i++)
            entries.Add(new TcHookEntry(TcMechanism.Tcx, "bpf", programs[i], links[i], ProgramName.Find(programs[i]), 0, 0));
        return Math.Max(0, -result);
    }

    private static int ReadFilters(int ifindex, TcDirection direction, List<TcHookEntry> entries)
    {
        using var socket = RouteSocket.Open();
        var filters = new List<TcFilter>();
        var errno = new Clsact(socket, ifindex).List(direction, filters);
        foreach (var filter in filters.Where(filter => filter.Handle != 0))
        {
            var name = filter.Name.Length == 0 ? null : filter.Name;
            entries.Add(new TcHookEntry(TcMechanism.Filter, filter.Kind, filter.ProgramId, 0, name, filter.Priority, filter.Handle));
        }
        return errno;
    }

    private static BpfException Refused(int ifindex, TcDirection direction, int errno) =>
        new("read traffic control", TcxLink.TargetOf(ifindex, direction), errno,
            AttachAdvice.NoSuchDevice(ifindex) ?? AttachAdvice.For(errno, Capability.NetAdmin));
}
