using System.Diagnostics;
using System.Xml;
using System.Xml.Linq;
using Rheo.Packets;

namespace Rheo.Tests.Packets;

/// <summary>Runs tshark over packets, one run for all, and keeps what it says of each.</summary>
public sealed class Tshark
{
    /// <summary>Nothing that looks beyond one packet, and every checksum verified.</summary>
    private static readonly string[] Preferences =
    [
        "ip.defragment:FALSE", "ipv6.defragment:FALSE", "tcp.desegment_tcp_streams:FALSE", "tcp.analyze_sequence_numbers:FALSE",
        "sctp.reassembly:FALSE", "vlan.qinq_ethertype:0xffff", "vxlan.udp.port:4789,8472",
        "ip.check_checksum:TRUE", "tcp.check_checksum:TRUE", "udp.check_checksum:TRUE", "udplite.check_checksum:TRUE",
        "sctp.checksum:CRC 32c",
    ];

    private readonly List<XElement> _dissections;

    /// <summary>Dissects the whole table, sequences behind it.</summary>
    public Tshark()
    {
        Packets = [.. PacketTable.All, .. PacketTable.Sequences.SelectMany(sequence => sequence.Packets)];
        _dissections = IsInstalled ? Dissect(Packets) : [];
    }

    public static bool IsInstalled { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Any(folder => File.Exists(Path.Combine(folder, "tshark")));

    public IReadOnlyList<NamedPacket> Packets { get; }

    /// <summary>What tshark says of the packet of that number.</summary>
    public XElement this[int number] => _dissections[number];

    public IEnumerable<(NamedPacket Packet, XElement Dissection)> All => Packets.Zip(_dissections);

    private static List<XElement> Dissect(IReadOnlyList<NamedPacket> packets)
    {
        var path = Path.GetTempFileName();
        try
        {
            PcapWriter.Write(path, packets);
            return Run(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static List<XElement> Run(string path)
    {
        var preferences = Preferences.SelectMany(preference => (string[])["-o", preference]);
        var start = new ProcessStartInfo("tshark", ["-n", "-r", path, "-T", "pdml", .. preferences])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var packets = Read(process.StandardOutput);
        process.WaitForExit();
        return process.ExitCode == 0 ? packets : throw new InvalidOperationException(errors.Result);
    }

    private static List<XElement> Read(TextReader output)
    {
        using var reader = XmlReader.Create(output, new XmlReaderSettings { CheckCharacters = false });
        var packets = new List<XElement>();
        reader.MoveToContent();
        reader.Read();
        while (!reader.EOF)
        {
            if (reader is { NodeType: XmlNodeType.Element, Name: "packet" })
                packets.Add((XElement)XNode.ReadFrom(reader));
            else
                reader.Read();
        }
        return packets;
    }
}
