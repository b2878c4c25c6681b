using System.Runtime.CompilerServices;

namespace Rheo.Packets;

/// <summary>
/// Named packets damaged at random: bits and bytes changed, numbers put in that parsers stumble over, ends cut off or
/// added, pieces moved, two packets spliced. The same seed gives the same frames on every machine.
/// </summary>
/// <remarks>Threads: one each. Cost: no allocation per mutant; about 150 ns, of which much is the copy.</remarks>
public sealed class Mutants
{
    private static readonly byte[] TellingBytes =
        [0, 1, 4, 5, 6, 8, 0x0f, 0x10, 0x40, 0x45, 0x46, 0x4f, 0x50, 0x60, 0x7f, 0x80, 0xf0, 0xff, 17, 41, 43, 44, 47, 51, 58, 59, 60, 132];

    private static readonly ushort[] TellingWords =
    [
        0x0800, 0x0806, 0x86dd, 0x8100, 0x88a8, 0x6558, 0x2000, 0x3fff, 0x1fff, 0x0001,
        4789, 8472, 6081, 0, 20, 28, 40, 1500, 0x7fff, 0x8000, 0xffff,
    ];

    private readonly byte[][] _frames;
    private readonly int _headers;
    private ulong _state;

    /// <summary>Mutants of the whole table, sequences included.</summary>
    /// <param name="longest">Longer packets are left out; their mutants would be cut to this length.</param>
    public Mutants(ulong seed, int longest = 2048)
        : this(seed, [.. PacketTable.All.Concat(PacketTable.Sequences.SelectMany(sequence => sequence.Packets))
            .Where(packet => packet.Length <= longest).Select(packet => packet.Frame)])
    {
    }

    /// <param name="headers">Most changes fall into that many first bytes, where headers are.</param>
    public Mutants(ulong seed, byte[][] frames, int headers = 128)
    {
        _frames = frames;
        _headers = headers;
        _state = seed;
    }

    /// <summary>Puts the next mutant into the buffer and returns its length.</summary>
    /// <remarks>Shape: at least 14 bytes (an Ethernet header), at most the buffer.</remarks>
    public int Next(Span<byte> buffer)
    {
        var frame = _frames[Below(_frames.Length)];
        var length = Math.Min(frame.Length, buffer.Length);
        frame.AsSpan(0, length).CopyTo(buffer);
        for (var changes = 1 + Below(4); changes > 0; changes--)
            length = Change(buffer, length);
        return length;
    }

    private int Change(Span<byte> buffer, int length)
    {
        var at = Below(Math.Min(length, Below(8) == 0 ? length : _headers));
        switch (Below(10))
        {
            case 0:
            case 1:
                buffer[at] ^= (byte)(1 << Below(8));
                return length;
            case 2:
                buffer[at] = (byte)Random();
                return length;
            case 3:
            case 4:
                buffer[at] = TellingBytes[Below(TellingBytes.Length)];
                return length;
            case 5:
                return PutWord(buffer, length, at & ~1);
            case 6:
                return Math.Max(Cuts.Shortest, at);
            case 7:
                return Extend(buffer, length);
            case 8:
                return Splice(buffer, length, at);
            default:
                return Move(buffer, length, at);
        }
    }

    private int PutWord(Span<byte> buffer, int length, int at)
    {
        var word = TellingWords[Below(TellingWords.Length)];
        buffer[at] = (byte)(word >> 8);
        if (at + 1 < length)
            buffer[at + 1] = (byte)word;
        return length;
    }

    private int Extend(Span<byte> buffer, int length)
    {
        var end = Math.Min(buffer.Length, length + 1 + Below(64));
        for (; length < end; length++)
            buffer[length] = (byte)Random();
        return length;
    }

    /// <summary>From here on another packet goes on, from the same place or from any.</summary>
    private int Splice(Span<byte> buffer, int length, int at)
    {
        ReadOnlySpan<byte> other = _frames[Below(_frames.Length)];
        other = other[Math.Min(Below(2) == 0 ? at : Below(other.Length), other.Length)..];
        other = other[..Math.Min(other.Length, buffer.Length - at)];
        other.CopyTo(buffer[at..]);
        return Math.Max(Cuts.Shortest, at + other.Length);
    }

    /// <summary>A piece is taken out, or stands twice.</summary>
    private int Move(Span<byte> buffer, int length, int at)
    {
        var size = Math.Min(4 * (1 + Below(10)), length - at);
        if (Below(2) == 0)
        {
            buffer[(at + size)..length].CopyTo(buffer[at..]);
            return Math.Max(Cuts.Shortest, length - size);
        }
        var end = Math.Min(length + size, buffer.Length);
        buffer[at..(end - size)].CopyTo(buffer[(at + size)..]);
        return end;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Below(int bound) => (int)((uint)(Random() >> 32) * (ulong)(uint)bound >> 32);

    /// <summary>SplitMix64 (Steele, Lea, Flood 2014).</summary>
    private ulong Random()
    {
        var z = _state += 0x9e3779b97f4a7c15;
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
        z = (z ^ z >> 27) * 0x94d049bb133111eb;
        return z ^ z >> 31;
    }
}
