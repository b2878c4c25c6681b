using static Rheo.Packets.Hosts;

namespace Rheo.Packets;

/// <summary>TCP: each flag alone and the usual ones together, all options.</summary>
internal static class TcpPackets
{
    public static Section All { get; } = new()
    {
        {
            "TCP SYN with the options of Linux",
            Frame.Ethernet().Ip4(A, B).Tcp(40000, 80, TcpFlags.Syn, TcpOptions.LinuxSyn),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Syn)
        },
        {
            "TCP SYN and ACK, the answer",
            Frame.Ethernet().Ip4(B, A).Tcp(80, 40000, TcpFlags.Syn | TcpFlags.Ack, TcpOptions.LinuxSyn, acknowledgement: 1001),
            Expect.Tcp(B, 80, A, 40000, TcpFlags.Syn | TcpFlags.Ack)
        },
        {
            "TCP ACK, the handshake's third",
            Frame.Ethernet().Ip4(A, B).Tcp(40000, 80, TcpFlags.Ack, TcpOptions.Stamped),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack)
        },
        {
            "TCP data with PSH",
            Frame.Ethernet().Ip4(A, B).Tcp(40000, 80, TcpFlags.Psh | TcpFlags.Ack, TcpOptions.Stamped).Payload(200),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Psh | TcpFlags.Ack)
        },
        {
            "TCP FIN and ACK",
            Frame.Ethernet().Ip4(A, B).Tcp(40000, 80, TcpFlags.Fin | TcpFlags.Ack),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Fin | TcpFlags.Ack)
        },
        { "TCP RST", Frame.Ethernet().Ip4(B, A).Tcp(80, 40000, TcpFlags.Rst), Expect.Tcp(B, 80, A, 40000, TcpFlags.Rst) },
        {
            "TCP RST and ACK",
            Frame.Ethernet().Ip4(B, A).Tcp(80, 40000, TcpFlags.Rst | TcpFlags.Ack),
            Expect.Tcp(B, 80, A, 40000, TcpFlags.Rst | TcpFlags.Ack)
        },
        { "TCP FIN alone", Frame.Ethernet().Ip4(A, B).Tcp(40000, 80, TcpFlags.Fin), Expect.Tcp(A, 40000, B, 80, TcpFlags.Fin) },
        {
            "TCP SYN alone without options",
            Frame.Ethernet().Ip4(A, B).Tcp(40000, 80, TcpFlags.Syn),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Syn)
        },
        { "TCP PSH alone", Frame.Ethernet().Ip4(A, B).Tcp(40000, 80, TcpFlags.Psh), Expect.Tcp(A, 40000, B, 80, TcpFlags.Psh) },
        {
            "TCP URG alone with an urgent pointer",
            Frame.Ethernet().Ip4(A, B).Tcp(40000, 80, TcpFlags.Urg, urgent: 3).Payload(4),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Urg)
        },
        { "TCP ECE alone", Frame.Ethernet().Ip4(A, B).Tcp(40000, 80, TcpFlags.Ece), Expect.Tcp(A, 40000, B, 80, TcpFlags.Ece) },
        { "TCP CWR alone", Frame.Ethernet().Ip4(A, B).Tcp(40000, 80, TcpFlags.Cwr), Expect.Tcp(A, 40000, B, 80, TcpFlags.Cwr) },
        {
            "TCP AE alone, the ninth flag",
            Frame.Ethernet().Ip4(A, B).Tcp(40000, 80, TcpFlags.Ae),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ae)
        },
        { "TCP without any flag", Frame.Ethernet().Ip4(A, B).Tcp(40000, 80, TcpFlags.None), Expect.Tcp(A, 40000, B, 80, TcpFlags.None) },
        {
            "TCP with all nine flags",
            Frame.Ethernet().Ip4(A, B).Tcp(40000, 80, (TcpFlags)0x1ff),
            Expect.Tcp(A, 40000, B, 80, (TcpFlags)0x1ff)
        },
        {
            "TCP Christmas tree: FIN, PSH, URG",
            Frame.Ethernet().Ip4(A, B).Tcp(40000, 80, TcpFlags.Fin | TcpFlags.Psh | TcpFlags.Urg),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Fin | TcpFlags.Psh | TcpFlags.Urg)
        },
        {
            "TCP SYN and FIN",
            Frame.Ethernet().Ip4(A, B).Tcp(40000, 80, TcpFlags.Syn | TcpFlags.Fin),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Syn | TcpFlags.Fin)
        },
        {
            "TCP SYN and RST",
            Frame.Ethernet().Ip4(A, B).Tcp(40000, 80, TcpFlags.Syn | TcpFlags.Rst),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Syn | TcpFlags.Rst)
        },
        {
            "TCP SYN that asks for ECN",
            Frame.Ethernet().Ip4(A, B).Tcp(40000, 80, TcpFlags.Syn | TcpFlags.Ece | TcpFlags.Cwr, TcpOptions.LinuxSyn),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Syn | TcpFlags.Ece | TcpFlags.Cwr)
        },
        {
            "TCP SYN that asks for accurate ECN",
            Frame.Ethernet().Ip4(A, B).Tcp(40000, 80, TcpFlags.Syn | TcpFlags.Ece | TcpFlags.Cwr | TcpFlags.Ae),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Syn | TcpFlags.Ece | TcpFlags.Cwr | TcpFlags.Ae)
        },
        {
            "TCP with the three reserved bits set keeps its nine flags",
            Frame.Ethernet().Ip4(A, B).Tcp(40000, 80, TcpFlags.Ack, reserved: 7),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack)
        },
        {
            "TCP with four selective acknowledgements fills all sixty bytes",
            Frame.Ethernet().Ip4(A, B)
                .Tcp(40000, 80, TcpFlags.Ack, [.. TcpOptions.Nop, .. TcpOptions.Nop, .. TcpOptions.Sack(4), 1, 1, 1, 1]),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack)
        },
        {
            "TCP with three selective acknowledgements and timestamps",
            Frame.Ethernet().Ip4(A, B).Tcp(40000, 80, TcpFlags.Ack, [.. TcpOptions.Stamped, 1, 1, .. TcpOptions.Sack(3)]),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack)
        },
        {
            "TCP with an MD5 signature, as BGP",
            Frame.Ethernet().Ip4(A, B, ttl: 255).Tcp(40000, 179, TcpFlags.Syn, [.. TcpOptions.Md5(), 1, 1]),
            Expect.Tcp(A, 40000, B, 179, TcpFlags.Syn)
        },
        {
            "TCP with TCP-AO",
            Frame.Ethernet().Ip4(A, B).Tcp(40000, 179, TcpFlags.Ack, TcpOptions.Authentication()),
            Expect.Tcp(A, 40000, B, 179, TcpFlags.Ack)
        },
        {
            "TCP Fast Open with a cookie and data in the SYN",
            Frame.Ethernet().Ip4(A, B).Tcp(40000, 80, TcpFlags.Syn, [.. TcpOptions.SegmentSize(1460), .. TcpOptions.FastOpen(8), 1, 1])
                .Payload(120),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Syn)
        },
        {
            "TCP multipath capable",
            Frame.Ethernet().Ip4(A, B).Tcp(40000, 80, TcpFlags.Syn, [.. TcpOptions.LinuxSyn, .. TcpOptions.MultipathCapable()]),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Syn)
        },
        {
            "TCP with an experimental option",
            Frame.Ethernet().Ip4(A, B).Tcp(40000, 80, TcpFlags.Syn, TcpOptions.Experimental()),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Syn)
        },
        {
            "TCP with end of options and rubbish behind it",
            Frame.Ethernet().Ip4(A, B).Tcp(40000, 80, TcpFlags.Ack, [0, 0xff, 0xff, 0xff]),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack)
        },
        {
            "TCP with an option whose length is zero is still that flow",
            Frame.Ethernet().Ip4(A, B).Tcp(40000, 80, TcpFlags.Ack, [8, 0, 0, 0]),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack)
        },
        {
            "TCP keep-alive: one byte of old data",
            Frame.Ethernet().Ip4(A, B).Tcp(40000, 80, TcpFlags.Ack, sequence: 999).Payload(1),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack)
        },
        {
            "TCP zero window",
            Frame.Ethernet().Ip4(B, A).Tcp(80, 40000, TcpFlags.Ack, window: 0),
            Expect.Tcp(B, 80, A, 40000, TcpFlags.Ack)
        },
        {
            "TCP between port 0 and port 65535",
            Frame.Ethernet().Ip4(A, B).Tcp(0, 65535, TcpFlags.Syn),
            Expect.Tcp(A, 0, B, 65535, TcpFlags.Syn)
        },
        {
            "TCP to VXLAN's port is no tunnel",
            Frame.Ethernet().Ip4(A, B).Tcp(40000, 4789).Payload([8, 0, 0, 0, 0, 0, 1, 0, .. new byte[40]]),
            Expect.Tcp(A, 40000, B, 4789, TcpFlags.Ack)
        },
        {
            "TCP whose payload looks like IPv4",
            Frame.Ethernet().Ip4(A, B).Tcp(40000, 80).Payload(Payloads.Ip4),
            Expect.Tcp(A, 40000, B, 80, TcpFlags.Ack)
        },
        {
            "TCP SYN over IPv6",
            Frame.Ethernet().Ip6(A6, B6).Tcp(40000, 443, TcpFlags.Syn, TcpOptions.LinuxSyn),
            Expect.Tcp(A6, 40000, B6, 443, TcpFlags.Syn)
        },
        {
            "TCP SYN and ACK over IPv6",
            Frame.Ethernet().Ip6(B6, A6).Tcp(443, 40000, TcpFlags.Syn | TcpFlags.Ack, TcpOptions.LinuxSyn),
            Expect.Tcp(B6, 443, A6, 40000, TcpFlags.Syn | TcpFlags.Ack)
        },
        {
            "TCP data over IPv6",
            Frame.Ethernet().Ip6(A6, B6).Tcp(40000, 443, TcpFlags.Psh | TcpFlags.Ack, TcpOptions.Stamped).Payload(300),
            Expect.Tcp(A6, 40000, B6, 443, TcpFlags.Psh | TcpFlags.Ack)
        },
        {
            "TCP with all nine flags over IPv6",
            Frame.Ethernet().Ip6(A6, B6).Tcp(40000, 443, (TcpFlags)0x1ff),
            Expect.Tcp(A6, 40000, B6, 443, (TcpFlags)0x1ff)
        },
        { "TCP RST over IPv6", Frame.Ethernet().Ip6(B6, A6).Tcp(443, 40000, TcpFlags.Rst), Expect.Tcp(B6, 443, A6, 40000, TcpFlags.Rst) },
    };
}
