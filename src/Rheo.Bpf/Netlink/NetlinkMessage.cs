using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Rheo.Bpf.Interop;

namespace Rheo.Bpf.Netlink;

/// <summary>One message: its header and what follows it. Valid until the socket that gave it reads again.</summary>
internal readonly ref struct NetlinkMessage(nlmsghdr header, ReadOnlySpan<byte> payload)
{
    internal readonly ushort Type = header.nlmsg_type;
    internal readonly ushort Flags = header.nlmsg_flags;
    internal readonly uint Sequence = header.nlmsg_seq;
    internal readonly ReadOnlySpan<byte> Payload = payload;

    /// <summary>Splits the payload into its fixed part and the attributes behind it; false when it is too short.</summary>
    internal bool TryRead<T>(out T body, out NetlinkAttributes attributes) where T : unmanaged
    {
        attributes = default;
        if (!MemoryMarshal.TryRead(Payload, out body))
            return false;
        attributes = new NetlinkAttributes(Payload[Math.Min((Unsafe.SizeOf<T>() + 3) & ~3, Payload.Length)..]);
        return true;
    }
}
