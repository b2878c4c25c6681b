using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Rheo.Model;

namespace Rheo.Journal;

/// <summary>Builds frames: a length of four bytes, then records of varints, addresses and texts.</summary>
internal sealed class FrameWriter
{
    /// <summary>Bytes of the length before each frame.</summary>
    public const int Head = sizeof(uint);

    private byte[] _bytes = new byte[4096];
    private int _length = Head;

    /// <summary>Bytes of records so far.</summary>
    public int Written => _length - Head;

    public void Byte(byte value)
    {
        Ensure(1);
        _bytes[_length++] = value;
    }

    public void Record(JournalRecord kind) => Byte((byte)kind);

    /// <summary>Seven bits a byte, the lowest first; the eighth bit says that more follow.</summary>
    public void Number(ulong value)
    {
        Ensure(10);
        for (; value >= 0x80; value >>= 7)
            _bytes[_length++] = (byte)(value | 0x80);
        _bytes[_length++] = (byte)value;
    }

    /// <summary>A number that may be negative: small ones of either sign stay short.</summary>
    public void Signed(long value) => Number(((ulong)value << 1) ^ (ulong)(value >> 63));

    public void Address(Address address, bool isIPv4)
    {
        Ensure(Model.Address.Size);
        if (isIPv4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(_bytes.AsSpan(_length), address.IPv4);
            _length += sizeof(uint);
            return;
        }

        address.CopyTo(_bytes.AsSpan(_length));
        _length += Model.Address.Size;
    }

    public void Text(string text)
    {
        var size = Encoding.UTF8.GetByteCount(text);
        Number((ulong)size);
        Bytes(size, text);
    }

    /// <summary>The frame with its length; the writer is empty again.</summary>
    public byte[] Take()
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes, (uint)Written);
        var frame = _bytes.AsSpan(0, _length).ToArray();
        _length = Head;
        return frame;
    }

    /// <summary>What was written is not to be sent.</summary>
    public void Clear() => _length = Head;

    private void Bytes(int size, string text)
    {
        Ensure(size);
        _length += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(_length));
    }

    private void Ensure(int more)
    {
        if (_length + more > _bytes.Length)
            Array.Resize(ref _bytes, (int)BitOperations.RoundUpToPowerOf2((uint)(_length + more)));
    }
}
