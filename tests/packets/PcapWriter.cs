using static System.Buffers.Binary.BinaryPrimitives;

namespace Rheo.Packets;

/// <summary>Writes Ethernet frames as a classic capture file with nanoseconds.</summary>
/// <remarks>Source: draft-ietf-opsawg-pcap, section 4; little-endian. Threads: one.</remarks>
public sealed class PcapWriter : IDisposable
{
    private const uint NanosecondMagic = 0xa1b23c4d;
    private const uint LinkTypeEthernet = 1;
    private const int SnapLength = 262_144;

    private readonly Stream _stream;

    /// <summary>Starts a file; the stream is closed with the writer.</summary>
    public PcapWriter(Stream stream)
    {
        _stream = stream;
        Span<byte> header = stackalloc byte[24];
        header.Clear();
        WriteUInt32LittleEndian(header, NanosecondMagic);
        WriteUInt16LittleEndian(header[4..], 2);
        WriteUInt16LittleEndian(header[6..], 4);
        WriteInt32LittleEndian(header[16..], SnapLength);
        WriteUInt32LittleEndian(header[20..], LinkTypeEthernet);
        _stream.Write(header);
    }

    /// <summary>Writes packets a millisecond apart, beginning at the epoch.</summary>
    public static void Write(string path, IEnumerable<NamedPacket> packets)
    {
        using var writer = new PcapWriter(File.Create(path));
        var time = TimeSpan.Zero;
        foreach (var packet in packets)
        {
            writer.Write(packet.Frame, time);
            time += TimeSpan.FromMilliseconds(1);
        }
    }

    /// <summary>Writes one frame.</summary>
    /// <param name="time">Since the epoch.</param>
    /// <param name="wireLength">What it was before the capture cut it; 0: as it is.</param>
    public void Write(ReadOnlySpan<byte> frame, TimeSpan time, int wireLength = 0)
    {
        Span<byte> header = stackalloc byte[16];
        WriteUInt32LittleEndian(header, (uint)(time.Ticks / TimeSpan.TicksPerSecond));
        WriteUInt32LittleEndian(header[4..], (uint)(time.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick));
        WriteInt32LittleEndian(header[8..], frame.Length);
        WriteInt32LittleEndian(header[12..], Math.Max(wireLength, frame.Length));
        _stream.Write(header);
        _stream.Write(frame);
    }

    public void Dispose() => _stream.Dispose();
}
