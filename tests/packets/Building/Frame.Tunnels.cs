using static System.Buffers.Binary.BinaryPrimitives;

namespace Rheo.Packets;

public sealed partial class Frame
{
    public const ushort VxlanPort = 4789;
    public const ushort LinuxVxlanPort = 8472;
    public const ushort GenevePort = 6081;

    /// <summary>GRE (RFC 2784, RFC 2890) with the optional fields that are asked for.</summary>
    /// <param name="flags">Further bits of the first word: routing 0x4000, version in the low three.</param>
    public Frame Gre(uint? key = null, bool checksum = false, uint? sequence = null, ushort? type = null, ushort flags = 0)
    {
        flags |= (ushort)((checksum ? 0x8000 : 0) | (key is null ? 0 : 0x2000) | (sequence is null ? 0 : 0x1000));
        byte[] header =
        [
            .. Word(flags), 0, 0, .. checksum ? Long(0) : [], .. key is { } k ? Long(k) : [], .. sequence is { } s ? Long(s) : [],
        ];
        return Add(new Layer
        {
            Header = header,
            Protocol = IpProtocol.Gre,
            KeyBytes = 4,
            SureBytes = header.Length,
            Complete = (bytes, above, _) =>
            {
                WriteUInt16BigEndian(bytes[2..], type ?? above?.EtherType ?? Packets.EtherType.Experimental);
                if (checksum)
                    PutChecksum(bytes, 4, null, IpProtocol.Gre);
            },
        });
    }

    /// <summary>VXLAN (RFC 7348), after UDP.</summary>
    public Frame Vxlan(uint vni, byte flags = 0x08) => Add(new Layer
    {
        Header = [flags, 0, 0, 0, .. Long(vni << 8)],
        KeyBytes = 8,
    });

    /// <summary>Geneve (RFC 8926), after UDP.</summary>
    /// <param name="options">In whole words, at most 252 bytes.</param>
    public Frame Geneve(uint vni, byte[]? options = null, ushort? type = null, bool control = false, bool critical = false,
        byte version = 0)
    {
        options ??= [];
        return Add(new Layer
        {
            Header =
            [
                (byte)(version << 6 | options.Length / 4), (byte)((control ? 0x80 : 0) | (critical ? 0x40 : 0)), 0, 0,
                .. Long(vni << 8), .. options,
            ],
            KeyBytes = 8,
            SureBytes = 8 + options.Length,
            Complete = (bytes, above, _) =>
                WriteUInt16BigEndian(bytes[2..], type ?? above?.EtherType ?? Packets.EtherType.Experimental),
        });
    }
}
