using System.Buffers.Binary;
using Rheo.Bpf.Interop;
using static Rheo.Bpf.Interop.NetlinkNumbers;
using static Rheo.Bpf.Interop.TrafficControlNumbers;

namespace Rheo.Bpf.Netlink;

/// <summary>
/// The clsact qdisc of one interface: the place where traffic-control filters see packets both ways without queueing them.
/// </summary>
internal sealed class Clsact(RouteSocket socket, int ifindex)
{
    private const int RequestSize = 512;
    internal const string QdiscKind = "clsact";
    private const string BpfKind = "bpf";

    /// <summary>Makes the qdisc. EEXIST when it, or the older "ingress" qdisc, is there.</summary>
    internal int Create() => ChangeQdisc(RTM_NEWQDISC, NLM_F_CREATE | NLM_F_EXCL);

    /// <summary>
    /// The kind of qdisc that sits in clsact's place; null when there is none. (A request for one qdisc is answered by an echo or not at
    /// all, so all are listed.)
    /// </summary>
    internal string? Kind()
    {
        var request = new NetlinkWriter(stackalloc byte[RequestSize], RTM_GETQDISC, NLM_F_REQUEST | NLM_F_DUMP);
        request.Put(new tcmsg());
        string? kind = null;
        socket.Dump(ref request, () => kind = null, (in NetlinkMessage message) =>
        {
            if (message.Type == RTM_NEWQDISC && message.TryRead<tcmsg>(out var body, out var attributes)
                && body.tcm_ifindex == ifindex && body.tcm_parent == TC_H_CLSACT && attributes.TryFind(TCA_KIND, out var value))
                kind = NetlinkText.Decode(value);
        });
        return kind;
    }

    /// <summary>The interfaces that have this qdisc, or the older "ingress" one, in its place.</summary>
    internal static HashSet<int> Interfaces(RouteSocket socket)
    {
        var request = new NetlinkWriter(stackalloc byte[RequestSize], RTM_GETQDISC, NLM_F_REQUEST | NLM_F_DUMP);
        request.Put(new tcmsg());
        var found = new HashSet<int>();
        socket.Dump(ref request, found.Clear, (in NetlinkMessage message) =>
        {
            if (message.Type == RTM_NEWQDISC && message.TryRead<tcmsg>(out var body, out _) && body.tcm_parent == TC_H_CLSACT)
                found.Add(body.tcm_ifindex);
        });
        return found;
    }

    /// <summary>Deletes the qdisc with all that is in it.</summary>
    internal int Delete() => ChangeQdisc(RTM_DELQDISC, 0);

    /// <summary>
    /// Adds a direct-action bpf filter. EEXIST when the handle is taken; EINVAL when another kind of filter has the priority.
    /// </summary>
    internal int Add(TcDirection direction, in TcFilter filter, int program) => Put(direction, filter, program, NLM_F_CREATE | NLM_F_EXCL);

    /// <summary>Gives a filter another program and name; each packet meets the one or the other. ENOENT when it is gone.</summary>
    internal int Replace(TcDirection direction, in TcFilter filter, int program) => Put(direction, filter, program, 0);

    private int Put(TcDirection direction, in TcFilter filter, int program, int flags)
    {
        var request = FilterRequest(stackalloc byte[RequestSize], RTM_NEWTFILTER, flags, direction, filter);
        request.Attribute(TCA_KIND, BpfKind);
        var options = request.BeginNest(TCA_OPTIONS);
        request.Attribute(TCA_BPF_FD, (uint)program);
        request.Attribute(TCA_BPF_NAME, filter.Name);
        request.Attribute(TCA_BPF_FLAGS, TCA_BPF_FLAG_ACT_DIRECT);
        request.EndNest(options);
        return socket.Execute(ref request);
    }

    /// <summary>Deletes one filter, by priority and handle.</summary>
    internal int Remove(TcDirection direction, in TcFilter filter)
    {
        var request = FilterRequest(stackalloc byte[RequestSize], RTM_DELTFILTER, 0, direction, filter);
        request.Attribute(TCA_KIND, filter.Kind);
        return socket.Execute(ref request);
    }

    /// <summary>Lists the filters of one direction in the order they run; empty when there is no qdisc.</summary>
    internal int List(TcDirection direction, List<TcFilter> filters)
    {
        var request = new NetlinkWriter(stackalloc byte[RequestSize], RTM_GETTFILTER, NLM_F_REQUEST | NLM_F_DUMP);
        request.Put(new tcmsg { tcm_ifindex = ifindex, tcm_parent = Parent(direction) });
        return socket.Dump(ref request, filters.Clear, (in NetlinkMessage message) =>
        {
            if (message.Type == RTM_NEWTFILTER && message.TryRead<tcmsg>(out var body, out var attributes) && body.tcm_ifindex == ifindex)
                filters.Add(Parse(body, attributes));
        });
    }

    private static TcFilter Parse(in tcmsg body, NetlinkAttributes attributes)
    {
        var kind = attributes.TryFind(TCA_KIND, out var value) ? NetlinkText.Decode(value) : "";
        var chain = attributes.TryFind(TCA_CHAIN, out value) ? NetlinkAttributes.UInt32(value) : 0;
        var options = kind == BpfKind && attributes.TryFind(TCA_OPTIONS, out value) ? new NetlinkAttributes(value) : default;
        return new TcFilter(
            kind,
            chain,
            (ushort)(body.tcm_info >> 16),
            BinaryPrimitives.ReverseEndianness((ushort)body.tcm_info),
            body.tcm_handle,
            options.TryFind(TCA_BPF_NAME, out value) ? NetlinkText.Decode(value) : "",
            options.TryFind(TCA_BPF_ID, out value) ? NetlinkAttributes.UInt32(value) : 0);
    }

    private int ChangeQdisc(ushort type, int flags)
    {
        var request = new NetlinkWriter(stackalloc byte[RequestSize], type, NLM_F_REQUEST | NLM_F_ACK | flags);
        request.Put(new tcmsg { tcm_ifindex = ifindex, tcm_handle = TC_H_CLSACT_HANDLE, tcm_parent = TC_H_CLSACT });
        request.Attribute(TCA_KIND, QdiscKind);
        return socket.Execute(ref request);
    }

    private NetlinkWriter FilterRequest(Span<byte> buffer, ushort type, int flags, TcDirection direction, in TcFilter filter)
    {
        var request = new NetlinkWriter(buffer, type, NLM_F_REQUEST | NLM_F_ACK | flags);
        request.Put(new tcmsg
        {
            tcm_ifindex = ifindex,
            tcm_handle = filter.Handle,
            tcm_parent = Parent(direction),
            tcm_info = (uint)filter.Priority << 16 | BinaryPrimitives.ReverseEndianness(filter.Protocol),
        });
        return request;
    }

    private static uint Parent(TcDirection direction) =>
        direction == TcDirection.Ingress ? TC_H_CLSACT_INGRESS : TC_H_CLSACT_EGRESS;
}
