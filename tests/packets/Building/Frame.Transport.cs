using static System.Buffers.Binary.BinaryPrimitives;

namespace Rheo.Packets;

public sealed partial class Frame
{
    /// <summary>TCP (RFC 9293).</summary>
    /// <param name="options">Padded with zeros to whole words; at most 40 bytes.</param>
    /// <param name="dataOffset">Header length in words as the header claims it; its true length does not change.</param>
    public Frame Tcp(ushort source, ushort destination, TcpFlags flags = TcpFlags.Ack, byte[]? options = null, uint sequence = 1000,
        uint acknowledgement = 0, ushort window = 512, ushort urgent = 0, int? dataOffset = null, byte reserved = 0)
    {
        var padded = PadToMultiple(options ?? [], 4);
        var length = 20 + padded.Length;
        var offsetAndFlags = (dataOffset ?? length / 4) << 12 | reserved << 9 | (int)flags;
        return Add(new Layer
        {
            Header =
            [
                .. Word(source), .. Word(destination), .. Long(sequence), .. Long(acknowledgement),
                .. Word((ushort)offsetAndFlags), .. Word(window), 0, 0, .. Word(urgent), .. padded,
            ],
            Protocol = IpProtocol.Tcp,
            KeyBytes = 20,
            SureBytes = length,
            Complete = (bytes, _, network) => PutChecksum(bytes, 16, network, IpProtocol.Tcp),
        });
    }

    /// <summary>UDP (RFC 768).</summary>
    /// <param name="checksum">False leaves it zero, as tunnels over IPv4 do.</param>
    public Frame Udp(ushort source, ushort destination, int? length = null, bool checksum = true) => Add(new Layer
    {
        Header = [.. Word(source), .. Word(destination), 0, 0, 0, 0],
        Protocol = IpProtocol.Udp,
        KeyBytes = 8,
        Complete = (bytes, _, network) =>
        {
            PutLength(bytes, 4, length ?? bytes.Length);
            if (checksum)
                PutChecksum(bytes, 6, network, IpProtocol.Udp);
        },
    });

    /// <summary>UDP-Lite (RFC 3828).</summary>
    /// <param name="coverage">Bytes that the checksum covers; 0: all.</param>
    public Frame UdpLite(ushort source, ushort destination, ushort coverage = 8) => Add(new Layer
    {
        Header = [.. Word(source), .. Word(destination), .. Word(coverage), 0, 0],
        Protocol = IpProtocol.UdpLite,
        KeyBytes = 8,
        Complete = (bytes, _, network) => WriteUInt16BigEndian(bytes[6..],
            Checksum.Transport(network!.Addresses, IpProtocol.UdpLite, bytes, coverage == 0 ? null : coverage)),
    });

    /// <summary>SCTP's common header (RFC 9260) and one chunk.</summary>
    public Frame Sctp(ushort source, ushort destination, byte chunk = 0, byte[]? body = null, uint tag = 0x11223344)
    {
        var padded = PadToMultiple(body ?? [], 4);
        return Add(new Layer
        {
            Header =
            [
                .. Word(source), .. Word(destination), .. Long(tag), 0, 0, 0, 0,
                chunk, 3, .. Word((ushort)(4 + (body?.Length ?? 0))), .. padded,
            ],
            Protocol = IpProtocol.Sctp,
            KeyBytes = 12,
            Complete = (bytes, _, _) => WriteUInt32LittleEndian(bytes[8..], Checksum.Crc32C(bytes)),
        });
    }

    /// <summary>DCCP's generic header with long sequence numbers (RFC 4340 5.1), with the fields of its type.</summary>
    public Frame Dccp(ushort source, ushort destination, byte type, params byte[] fields) => Add(new Layer
    {
        Header =
        [
            .. Word(source), .. Word(destination), (byte)((16 + fields.Length) / 4), 0, 0, 0,
            (byte)(type << 1 | 1), 0, 0, 0, 0, 0, 0, 1, .. fields,
        ],
        Protocol = IpProtocol.Dccp,
        KeyBytes = 12,
        Complete = (bytes, _, network) => PutChecksum(bytes, 6, network, IpProtocol.Dccp),
    });

    /// <summary>ICMP (RFC 792); <paramref name="rest"/> are the four bytes after the checksum.</summary>
    public Frame Icmp(byte type, byte code = 0, uint rest = 0) => Add(new Layer
    {
        Header = [type, code, 0, 0, .. Long(rest)],
        Protocol = IpProtocol.Icmp,
        KeyBytes = 4,
        Complete = (bytes, _, _) => PutChecksum(bytes, 2, null, IpProtocol.Icmp),
    });

    /// <summary>ICMPv6 (RFC 4443); <paramref name="rest"/> are the four bytes after the checksum.</summary>
    public Frame Icmp6(byte type, byte code = 0, uint rest = 0) => Add(new Layer
    {
        Header = [type, code, 0, 0, .. Long(rest)],
        Protocol = IpProtocol.Icmp6,
        KeyBytes = 4,
        Complete = (bytes, _, network) => PutChecksum(bytes, 2, network, IpProtocol.Icmp6),
    });

    /// <summary>A message of IGMP, OSPF, PIM …: no ports, the Internet checksum at that place (-1: none).</summary>
    /// <param name="keyBytes">How much of it the key needs.</param>
    public Frame Message(byte protocol, byte[] bytes, int checksumAt = -1, int keyBytes = 0) => Add(new Layer
    {
        Header = bytes,
        Protocol = protocol,
        KeyBytes = keyBytes,
        Complete = checksumAt < 0 ? null : (all, _, _) => PutChecksum(all, checksumAt, null, protocol),
    });

    /// <summary>ESP (RFC 4303): an index, a sequence number and bytes that look encrypted.</summary>
    public Frame Esp(uint parameters = 0x2000, int length = 40) =>
        Message(IpProtocol.Esp, [.. Long(parameters), .. Long(1), .. Filled(length, 0xe5)]);
}
