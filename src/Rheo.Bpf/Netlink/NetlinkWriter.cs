using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Rheo.Bpf.Interop;

namespace Rheo.Bpf.Netlink;

/// <summary>
/// Writes one netlink request into a buffer of the caller. The buffer must be large enough: a span's own check stops a longer one.
/// </summary>
internal ref struct NetlinkWriter
{
    private readonly Span<byte> _buffer;
    private int _length;

    internal NetlinkWriter(Span<byte> buffer, ushort type, int flags)
    {
        _buffer = buffer;
        Put(new nlmsghdr { nlmsg_type = type, nlmsg_flags = (ushort)flags });
    }

    internal void Put<T>(in T value) where T : unmanaged
    {
        MemoryMarshal.Write(_buffer[_length..], in value);
        _length += Align(Unsafe.SizeOf<T>());
    }

    internal void Attribute(ushort type, scoped ReadOnlySpan<byte> value)
    {
        var size = Unsafe.SizeOf<nlattr>() + value.Length;
        Put(new nlattr { nla_len = (ushort)size, nla_type = type });
        value.CopyTo(_buffer[_length..]);
        _buffer.Slice(_length + value.Length, Align(value.Length) - value.Length).Clear();
        _length += Align(value.Length);
    }

    internal void Attribute(ushort type, uint value) => Attribute(type, MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(ref value)));

    /// <summary>Adds a string with its terminating zero.</summary>
    internal void Attribute(ushort type, string value) => Attribute(type, Encoding.UTF8.GetBytes(value + '\0'));

    /// <summary>Opens an attribute that holds attributes; give the result to <see cref="EndNest"/>.</summary>
    internal int BeginNest(ushort type)
    {
        var start = _length;
        Put(new nlattr { nla_type = (ushort)(type | NetlinkNumbers.NLA_F_NESTED) });
        return start;
    }

    internal readonly void EndNest(int start)
    {
        var length = (ushort)(_length - start);
        MemoryMarshal.Write(_buffer[start..], in length);
    }

    /// <summary>Completes the header and returns the request.</summary>
    internal readonly Span<byte> Finish(uint sequence)
    {
        ref var header = ref MemoryMarshal.AsRef<nlmsghdr>(_buffer);
        header.nlmsg_len = (uint)_length;
        header.nlmsg_seq = sequence;
        return _buffer[.._length];
    }

    private static int Align(int length) => (length + 3) & ~3;
}
