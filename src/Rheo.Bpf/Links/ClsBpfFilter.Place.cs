using Rheo.Bpf.Interop;
using Rheo.Bpf.Netlink;

namespace Rheo.Bpf;

/// <summary>Where the filter goes: a qdisc, a priority, a handle; and what predecessors left there.</summary>
public sealed partial class ClsBpfFilter
{
    /// <summary>16: so many filters of ours on one hook are more than anybody runs at once.</summary>
    private const int HandleAttempts = 16;
    private const ushort EveryProtocol = TrafficControlNumbers.ETH_P_ALL;

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
