using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Rheo.Bpf.Interop;

namespace Rheo.Bpf.Netlink;

/// <summary>Walks the messages of one datagram. A length that does not fit ends the walk: nothing behind it can be trusted.</summary>
internal ref struct NetlinkReader(ReadOnlySpan<byte> datagram)
{
    private ReadOnlySpan<byte> _rest = datagram;

    internal bool TryRead(out NetlinkMessage message)
    {
        message = default;
        var headerSize = Unsafe.SizeOf<nlmsghdr>();
        if (!MemoryMarshal.TryRead<nlmsghdr>(_rest, out var header) || header.nlmsg_len < headerSize || header.nlmsg_len > _rest.Length)
            return false;
        var length = (int)header.nlmsg_len;
        message = new NetlinkMessage(header, _rest[headerSize..length]);
        _rest = _rest[Math.Min((length + 3) & ~3, _rest.Length)..];
        return true;
    }
}
