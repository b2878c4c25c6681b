namespace Rheo.Model.Drops;

/// <content>Reasons that TCP gives.</content>
public static partial class DropReasons
{
    private static (string Name, DropReason Reason)[] Tcp =>
    [
        Loss("TCP_LISTEN_OVERFLOW", "The listener's accept queue was full: the server accepts too slowly.",
            "The server's CPU and its accept loop; the backlog of listen() and net.core.somaxconn: ss -lnt."),
        Loss("TCP_ZEROWINDOW", "The receiver had said that it has no room, and data came all the same.", "The receiving application: it does not read."),
        Loss("TCP_OVERWINDOW", "Data beyond the receiver's window.", "The receiving application; a middle box that changes windows."),
        Loss("TCP_FLAGS", "The flags of the segment make no sense in the connection's state.", "A scan, or a middle box that lost the state."),
        Loss("TCP_INVALID_SEQUENCE", "The sequence number lies outside of the window.", "Spoofing, or very late packets."),
        Loss("TCP_INVALID_END_SEQUENCE", "The segment's end lies outside of the window.", "Spoofing, or very late packets."),
        Loss("TCP_INVALID_ACK_SEQUENCE", "It acknowledges what was never sent.", "Spoofing, or a restarted peer."),
        Loss("TCP_ACK_UNSENT_DATA", "It acknowledges what was never sent.", "Spoofing, or a restarted peer."),
        Loss("TCP_INVALID_SYN", "A SYN within an open connection.", "A peer that restarted and uses the port again; spoofing."),
        Loss("TCP_RFC7323_PAWS", "The timestamp is older than one seen before.", "Several hosts behind one address (NAT); reordering."),
        Loss("TCP_RFC7323_TW_PAWS", "The timestamp is older than one of the connection that just ended.", "Several hosts behind one address (NAT)."),
        Loss("TCP_RFC7323_TSECR", "The echoed timestamp is not one that was sent.", "Spoofing."),
        Loss("TCP_OFO_QUEUE_PRUNE", "Memory was short: segments that came too early were thrown away.", "net.ipv4.tcp_rmem; loss on the path."),
        Loss("TCP_OFO_DROP", "There was no room for a segment that came too early.", "net.ipv4.tcp_rmem; loss on the path."),
        Loss("TCP_MINTTL", "The time to live is below what the socket asks for.", "IP_MINTTL of the application (BGP uses it)."),
        Loss("TCP_MD5NOTFOUND", "The segment has no MD5 signature, and one is demanded.", "The peer's configuration (BGP)."),
        Loss("TCP_MD5UNEXPECTED", "The segment has an MD5 signature, and none is known.", "The peer's configuration (BGP)."),
        Loss("TCP_MD5FAILURE", "The MD5 signature is wrong.", "The password on both sides (BGP)."),
        Loss("TCP_FASTOPEN", "The data of a Fast Open could not be taken.", "net.ipv4.tcp_fastopen."),
        Loss("TCP_ABORT_ON_DATA", "Data came for an application that has closed; it was answered by RST.", "Who closes first, and why with data on the way."),
    ];

    private static (string Name, DropReason Reason)[] NoLoss =>
    [
        Harmless("SOCKET_CLOSE", "The packet lay in the queue of a socket that was closed."),
        Harmless("QUEUE_PURGE", "A queue was emptied, since its socket or device went."),
        Harmless("OTHERHOST", "The frame was for another host; this one only overheard it."),
        Harmless("TCP_CLOSE", "The packet came for a connection that was closed."),
        Harmless("TCP_RESET", "A RST ended the connection; it was heard."),
        Harmless("TIME_WAIT", "The segment came for a connection that both ends have closed, and was heard."),
        Harmless("TCP_OLD_DATA", "The data had come before: it was sent again."),
        Harmless("TCP_OLD_SEQUENCE", "The segment had come before: it was sent again."),
        Harmless("TCP_OLD_ACK", "What it acknowledges had been acknowledged."),
        Harmless("TCP_TOO_OLD_ACK", "What it acknowledges had been acknowledged long ago."),
        Harmless("TCP_RFC7323_PAWS_ACK", "A late acknowledgement, without data."),
        Harmless("TCP_OFOMERGE", "The data was merged with what had come before."),
        Harmless("DUP_FRAG", "The fragment had come before."),
        Harmless("UNHANDLED_PROTO", "Nobody here handles that kind of frame (LLDP, spanning tree, …)."),
        Harmless("UNIX_DISCONNECT", "A local socket was disconnected."),
        Harmless("UNIX_SKIP_OOB", "Urgent data of a local socket was skipped."),
        Harmless("PACKET_SOCK_ERROR", "A capture tool could not take its copy; the packet itself went on."),
        Harmless("TAP_FILTER", "A filter of a tap device did not want the frame."),
        Harmless("TAP_TXFILTER", "A filter of a tap device did not want the frame."),
    ];
}
