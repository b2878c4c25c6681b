using System.Buffers.Binary;
using System.Text;
using Rheo.Model;

namespace Rheo.Journal;

/// <summary>Reads what <see cref="FrameWriter"/> wrote. Errors: <see cref="InvalidDataException"/> where the bytes are something else.</summary>
internal ref struct FrameReader(ReadOnlySpan<byte> bytes)
{
    /// <summary>The longest frame that is read: the greeting of a host with tens of thousands of interfaces.</summary>
    public const int Longest = 4 * 1024 * 1024;

    private const int LongestText = 4096;
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte Byte() => Take(1)[0];

    public JournalRecord Record() => (JournalRecord)Byte();

    public ulong Number()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }

        throw new InvalidDataException("a number has no end");
    }

    public long Signed()
    {
        var value = Number();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>A number with a bound that it may not exceed.</summary>
    public int Number(int greatest) =>
        Number() is var value && value <= (ulong)greatest ? (int)value : throw new InvalidDataException($"{value} where at most {greatest} can be");

    public ushort Short() => (ushort)Number(ushort.MaxValue);

    public Address Address(bool isIPv4) => isIPv4
        ? Model.Address.FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(Take(sizeof(uint))))
        : new Address(Take(Model.Address.Size));

    public string Text() => Encoding.UTF8.GetString(Take(Number(LongestText)));

    private ReadOnlySpan<byte> Take(int count)
    {
        if (_rest.Length < count)
            throw new InvalidDataException("a record is cut");
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
