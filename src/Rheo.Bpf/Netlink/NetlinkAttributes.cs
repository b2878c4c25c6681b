using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Rheo.Bpf.Interop;

namespace Rheo.Bpf.Netlink;

/// <summary>Walks a run of attributes. A length that does not fit ends the walk.</summary>
internal ref struct NetlinkAttributes(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    internal bool TryRead(out ushort type, out ReadOnlySpan<byte> value)
    {
        type = 0;
        value = default;
        var headerSize = Unsafe.SizeOf<nlattr>();
        if (!MemoryMarshal.TryRead<nlattr>(_rest, out var header) || header.nla_len < headerSize || header.nla_len > _rest.Length)
            return false;
        type = (ushort)(header.nla_type & NetlinkNumbers.NLA_TYPE_MASK);
        value = _rest[headerSize..header.nla_len];
        _rest = _rest[Math.Min((header.nla_len + 3) & ~3, _rest.Length)..];
        return true;
    }

    /// <summary>Finds the first attribute of a type, from the start of what is left.</summary>
    internal readonly bool TryFind(ushort type, out ReadOnlySpan<byte> value)
    {
        var walk = this;
        while (walk.TryRead(out var found, out value))
        {
            if (found == type)
                return true;
        }
        value = default;
        return false;
    }

    /// <summary>The value as a host-order number, or 0 when it is shorter than one.</summary>
    internal static uint UInt32(ReadOnlySpan<byte> value) => MemoryMarshal.TryRead<uint>(value, out var number) ? number : 0;
}
