using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Rheo.Bpf.Interop;
using static Rheo.Bpf.Interop.NetlinkCalls;
using static Rheo.Bpf.Interop.NetlinkNumbers;

namespace Rheo.Bpf.Netlink;

/// <summary>Sends crafted frames out of interfaces, past everything but traffic control (AF_PACKET).</summary>
/// <remarks><b>Threads</b>: one at a time. <b>Kernel</b>: any, CAP_NET_RAW. It stays with the network namespace of the thread that opened it.</remarks>
public sealed class FrameSender : IDisposable
{
    private const int AF_PACKET = 17;

    private readonly DescriptorHandle _socket;

    private FrameSender(DescriptorHandle socket) => _socket = socket;

    /// <summary>Opens a sender in the calling thread's network namespace.</summary>
    /// <exception cref="BpfException">A right is missing.</exception>
    public static FrameSender Open()
    {
        // Protocol 0: nothing is ever received.
        var descriptor = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
        return descriptor >= 0
            ? new FrameSender(new DescriptorHandle(descriptor))
            : throw Refused(Marshal.GetLastPInvokeError());
    }

    /// <summary>Sends a frame, from its Ethernet header on.</summary>
    /// <param name="ifindex">The interface.</param>
    /// <param name="frame">The frame.</param>
    /// <exception cref="BpfException">The interface is down or gone.</exception>
    public unsafe void Send(int ifindex, ReadOnlySpan<byte> frame)
    {
        var to = new sockaddr_ll
        {
            sll_family = AF_PACKET, sll_protocol = BinaryPrimitives.ReadUInt16LittleEndian(frame[12..]), sll_ifindex = ifindex,
        };
        // SAFETY: the frame is pinned for the call and its own length is given; the address is on this stack, with its size.
        fixed (byte* bytes = frame)
        {
            if (sendto(_socket, bytes, frame.Length, 0, (sockaddr_nl*)&to, (uint)sizeof(sockaddr_ll)) != frame.Length)
                throw Refused(Marshal.GetLastPInvokeError());
        }
    }

    /// <summary>Closes the socket.</summary>
    public void Dispose() => _socket.Dispose();

    private static BpfException Refused(int errno) => new("send a frame", "AF_PACKET", errno, AttachAdvice.For(errno, Capability.NetRaw));
}
