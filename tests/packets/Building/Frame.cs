using static System.Buffers.Binary.BinaryPrimitives;

namespace Rheo.Packets;

/// <summary>
/// Builds a frame header by header, outermost first. Lengths, next protocols and checksums are filled in when it is
/// built, unless a wrong value was asked for by name.
/// </summary>
/// <remarks>
/// Only headers that are to be followed are added as headers; what a reader must not follow (the packet quoted by an
/// ICMP error, IP inside MPLS) is given as <see cref="Payload(byte[])"/>: that is how <see cref="KeyLength"/> is known.
/// Threads: one.
/// </remarks>
public sealed partial class Frame
{
    private readonly List<Layer> _layers = [];
    private int _minimum;
    private int _trailer;
    private int? _cut;

    private Frame()
    {
    }

    /// <summary>The first bytes without which the flow cannot be known.</summary>
    public int KeyLength => End(layer => layer.KeyBytes);

    /// <summary>With that many bytes the flow is surely known.</summary>
    public int HeadersLength => End(layer => layer.SureBytes);

    /// <summary>That many bytes 0, 1, 2 … as payload.</summary>
    public Frame Payload(int length) => Payload([.. Enumerable.Range(0, length).Select(i => (byte)i)]);

    public Frame Payload(byte[] bytes) => Add(new Layer { Header = bytes });

    /// <summary>Another frame as payload that nobody follows.</summary>
    public Frame Payload(Frame frame) => Payload(frame.Build());

    /// <summary>Zeros after the end of the packet, up to a frame of that length.</summary>
    public Frame PadTo(int length)
    {
        _minimum = length;
        return this;
    }

    /// <summary>Bytes 0xa5 after the end of the packet: padding that is not zero, or a trailer.</summary>
    public Frame Trailer(int length)
    {
        _trailer = length;
        return this;
    }

    /// <summary>Leaves only the first bytes of the finished frame; a negative number takes away from the end.</summary>
    public Frame CutTo(int length)
    {
        _cut = length;
        return this;
    }

    /// <summary>The finished frame.</summary>
    public byte[] Build()
    {
        var length = _layers.Sum(layer => layer.Header.Length);
        var frame = new byte[Math.Max(_minimum, length + _trailer)];
        frame.AsSpan(length, _trailer).Fill(0xa5);
        var offset = length;
        for (var i = _layers.Count - 1; i >= 0; i--)
        {
            var layer = _layers[i];
            offset -= layer.Header.Length;
            layer.Header.CopyTo(frame, offset);
            layer.Complete?.Invoke(frame.AsSpan(offset, length - offset), Above(i), Network(i));
        }
        return _cut is { } cut ? frame[..(cut < 0 ? frame.Length + cut : cut)] : frame;
    }

    private Frame Add(Layer layer)
    {
        _layers.Add(layer);
        return this;
    }

    private Layer? Above(int i) => i + 1 < _layers.Count ? _layers[i + 1] : null;

    private Layer? Network(int i) => _layers.Take(i).LastOrDefault(layer => layer.Addresses is not null);

    private int End(Func<Layer, int> needed)
    {
        int offset = 0, end = 0;
        foreach (var layer in _layers)
        {
            if (needed(layer) > 0)
                end = offset + needed(layer);
            offset += layer.Header.Length;
        }
        return end;
    }

    private static void PutLength(Span<byte> bytes, int at, int length) =>
        WriteUInt16BigEndian(bytes[at..], (ushort)length);

    private static void PutChecksum(Span<byte> bytes, int at, Layer? network, byte protocol)
    {
        var sum = network is null ? Checksum.Internet(bytes) : Checksum.Transport(network.Addresses, protocol, bytes);
        WriteUInt16BigEndian(bytes[at..], sum);
    }

    private static byte[] Word(ushort value) => [(byte)(value >> 8), (byte)value];

    private static byte[] Long(uint value) => [.. Word((ushort)(value >> 16)), .. Word((ushort)value)];
}
