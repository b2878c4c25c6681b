using System.Collections.Frozen;

namespace Rheo.Model.Drops;

/// <summary>
/// What the kernel's drop reasons mean. A reason that is not here, of a newer kernel, counts as a loss and is shown by its name.
/// Source: include/net/dropreason-core.h of Linux 6.18.
/// </summary>
public static partial class DropReasons
{
    private const string NotSpecified = "NOT_SPECIFIED";

    private static readonly DropReason Unknown = new(
        true, "The kernel dropped the packet for a reason that this version of Rheo has no words for.",
        "include/net/dropreason-core.h of the running kernel, and the place.");

    private static readonly FrozenDictionary<string, DropReason> Known =
        Receiving.Concat(Tcp).Concat(Sending).Concat(NoLoss).ToFrozenDictionary(pair => pair.Name, pair => pair.Reason, StringComparer.Ordinal);

    // Kernels that give no reason, and places that give none: these are how sockets end, and how packets end that never travelled.
    private static readonly FrozenSet<string> HarmlessPlaces = FrozenSet.Create(
        StringComparer.Ordinal,
        "bpf_prog_test_run_skb", "inet_sock_destruct", "sk_stream_kill_queues", "udp_destruct_common", "tcp_write_queue_purge", "tcp_disconnect",
        "skb_queue_purge_reason", "skb_queue_purge", "tcp_v4_destroy_sock", "packet_release", "unix_release_sock", "tun_detach_all");

    // Where an XDP program's XDP_DROP is carried out once the packet is an skb: the kernel gives no reason there.
    private static readonly FrozenSet<string> XdpPlaces = FrozenSet.Create(
        StringComparer.Ordinal, "do_xdp_generic", "netif_receive_generic_xdp", "bpf_prog_run_generic_xdp", "veth_xdp_rcv_skb");

    private static readonly DropReason Ended = new(
        false, "A socket or a test ended, and what lay in its queue with it.", "Nothing: nobody misses the packet.");

    /// <summary>The names that have words of their own.</summary>
    public static IEnumerable<string> Names => Known.Keys;

    /// <summary>The reason that the kernel would have given where it gives none and the place leaves no doubt.</summary>
    /// <param name="name">The kernel's name.</param>
    /// <param name="place">The function.</param>
    /// <param name="givesReasons">The kernel gives reasons at all (5.17).</param>
    public static string Named(string name, string place, bool givesReasons)
    {
        if (name != NotSpecified)
            return name;
        if (XdpPlaces.Contains(place))
            return "XDP";
        // All else that is dropped there has a reason of its own.
        return givesReasons && place is ("tcp_v4_rcv" or "tcp_v6_rcv") ? "TIME_WAIT" : name;
    }

    /// <summary>The meaning of a reason, by its name without prefix; where the kernel gives none, the place tells more.</summary>
    public static DropReason Of(string name, string place = "") =>
        name == NotSpecified && HarmlessPlaces.Contains(place) ? Ended : Known.GetValueOrDefault(name, Unknown);

    private static (string Name, DropReason Reason) Loss(string name, string meaning, string lookAt) => (name, new(true, meaning, lookAt));

    private static (string Name, DropReason Reason) Harmless(string name, string meaning) =>
        (name, new(false, meaning, "Nothing: nobody misses the packet."));
}
