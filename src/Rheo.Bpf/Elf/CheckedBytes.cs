using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Rheo.Bpf.Elf;

/// <summary>Little-endian reads from untrusted bytes: every offset and length is checked, and a bad one is named.</summary>
internal readonly ref struct CheckedBytes(ReadOnlySpan<byte> bytes, string what)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Length => _bytes.Length;

    public byte U8(ulong offset) => Slice(offset, 1)[0];

    public ushort U16(ulong offset) => BinaryPrimitives.ReadUInt16LittleEndian(Slice(offset, 2));

    public uint U32(ulong offset) => BinaryPrimitives.ReadUInt32LittleEndian(Slice(offset, 4));

    public ulong U64(ulong offset) => BinaryPrimitives.ReadUInt64LittleEndian(Slice(offset, 8));

    public ReadOnlySpan<byte> Slice(ulong offset, ulong length)
    {
        if (offset > (ulong)_bytes.Length || length > (ulong)_bytes.Length - offset)
            ThrowOutside(offset, length);
        return _bytes.Slice((int)offset, (int)length);
    }

    /// <summary>The bytes of the string at an offset, up to its NUL.</summary>
    public ReadOnlySpan<byte> StringBytes(ulong offset)
    {
        if (offset >= (ulong)_bytes.Length)
            ThrowOutside(offset, 1);
        var rest = _bytes[(int)offset..];
        var end = rest.IndexOf((byte)0);
        if (end < 0)
            throw new MalformedObjectException($"{what}: the string at {offset:#,0} has no end");
        return rest[..end];
    }

    public string String(ulong offset) => Encoding.UTF8.GetString(StringBytes(offset));

    [DoesNotReturn]
    private void ThrowOutside(ulong offset, ulong length) =>
        throw new MalformedObjectException($"{what}: {length} bytes at {offset} lie outside its {_bytes.Length} bytes");
}
