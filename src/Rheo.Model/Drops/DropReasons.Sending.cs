namespace Rheo.Model.Drops;

/// <content>Reasons on the way out.</content>
public static partial class DropReasons
{
    private static (string Name, DropReason Reason)[] Sending =>
    [
        Loss("IP_OUTNOROUTES", "There is no route to the destination.", "ip route get ADDRESS."),
        Loss("NEIGH_CREATEFAIL", "No neighbour entry could be made for the next hop.", "net.ipv4.neigh.default.gc_thresh*."),
        Loss("NEIGH_FAILED", "The next hop does not answer ARP or neighbour discovery.", "ip neigh; whether the next hop is up."),
        Loss("NEIGH_QUEUEFULL", "Too many packets waited for the next hop's address.", "ip neigh; whether the next hop is up."),
        Loss("NEIGH_DEAD", "The entry of the next hop was removed while packets waited.", "ip neigh."),
        Loss("NEIGH_HH_FILLFAIL", "The frame's header could not be made.", "ip neigh; the device."),
        Loss("TC_EGRESS", "A tc filter or program dropped the packet on its way out.", "tc filter show dev … egress; bpftool net."),
        Loss("QDISC_DROP", "The queueing discipline dropped the packet: it was full, or shapes the traffic.", "tc -s qdisc show dev …"),
        Loss("QDISC_OVERLIMIT", "The queue of the queueing discipline was full.", "tc -s qdisc show dev …"),
        Loss("QDISC_CONGESTED", "The queueing discipline dropped the packet to signal congestion.", "tc -s qdisc show dev …"),
        Loss("CAKE_FLOOD", "CAKE dropped a packet of a flow that does not slow down.", "tc -s qdisc show dev …"),
        Loss("FQ_BAND_LIMIT", "The band of the fair queue was full.", "tc -s qdisc show dev …"),
        Loss("FQ_HORIZON_LIMIT", "The packet was to be sent too far in the future.", "SO_TXTIME users; tc -s qdisc show dev …"),
        Loss("FQ_FLOW_LIMIT", "One flow had too many packets in the fair queue.", "tc -s qdisc show dev …"),
        Loss("SKB_GSO_SEG", "A super-packet could not be cut into segments.", "Offloads: ethtool -k."),
        Loss("NO_TX_TARGET", "No device was there to send by.", "The bond, team or tunnel device."),
        Loss("RECURSION_LIMIT", "The packet went through too many devices.", "A loop of tunnels or bridges."),
        Loss("IP_TUNNEL_ECN", "The congestion marks inside and outside of the tunnel contradict each other.", "The tunnel's other end."),
    ];
}
