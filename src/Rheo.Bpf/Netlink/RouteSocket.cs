using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Rheo.Bpf.Interop;
using static Rheo.Bpf.Interop.NetlinkCalls;
using static Rheo.Bpf.Interop.NetlinkNumbers;

namespace Rheo.Bpf.Netlink;

/// <summary>
/// A NETLINK_ROUTE socket: asks, and reads the answer. It belongs to the network namespace of the thread that opened it, for good.
/// </summary>
/// <remarks>
/// Threads: any may ask; who comes second waits, since each would take the other's answer out of the socket and wait for its own for ever.
/// <see cref="Receive"/>, without a question, is for one that never asks.
/// </remarks>
internal sealed unsafe class RouteSocket : IDisposable
{
    /// <summary>64 KiB: the kernel puts at most 32 KiB of a dump in one datagram.</summary>
    private const int BufferSize = 64 * 1024;

    /// <summary>A dump that a change interrupts is asked for again, so often.</summary>
    private const int DumpAttempts = 8;

    private readonly Lock _asking = new();
    private byte[]? _rented = ArrayPool<byte>.Shared.Rent(BufferSize); // where interfaces come and go, a socket is opened for each
    private uint _sequence;
    private bool _interrupted;

    private RouteSocket(DescriptorHandle handle) => Handle = handle;

    internal DescriptorHandle Handle { get; }

    /// <summary>What the kernel said about the last refused request (extended acknowledgement), or null.</summary>
    internal string? Explanation { get; private set; }

    /// <summary>Opens a socket, subscribed to <paramref name="groups"/>.</summary>
    internal static RouteSocket Open(uint groups = 0)
    {
        var descriptor = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
        if (descriptor < 0)
            throw new BpfException("open a netlink socket", "NETLINK_ROUTE", Marshal.GetLastPInvokeError());
        var opened = new RouteSocket(new DescriptorHandle(descriptor));
        opened.TrySetOption(SOL_NETLINK, NETLINK_CAP_ACK, 1);
        opened.TrySetOption(SOL_NETLINK, NETLINK_EXT_ACK, 1);
        opened.Bind(groups);
        return opened;
    }

    /// <summary>
    /// Sends a request that is acknowledged, and hands what comes before the acknowledgement to <paramref name="handler"/>.
    /// </summary>
    /// <returns>0, or the errno of the refusal; EBADF after the end.</returns>
    internal int Execute(ref NetlinkWriter request, NetlinkMessageHandler? handler = null)
    {
        lock (_asking)
            return _rented is null ? Errno.EBADF : Ask(ref request, handler);
    }

    /// <summary>
    /// Asks for a list until it was read without a change in between; <paramref name="restart"/> forgets what a torn one gave. Where changes
    /// never end the last one has to do, which may tell something twice.
    /// </summary>
    internal int Dump(ref NetlinkWriter request, Action restart, NetlinkMessageHandler handler)
    {
        lock (_asking)
        {
            var errno = 0;
            for (var attempt = 0; attempt < DumpAttempts; attempt++)
            {
                restart();
                errno = Execute(ref request, handler);
                if (errno != 0 || !_interrupted)
                    break;
            }
            return errno;
        }
    }

    /// <summary>Reads one datagram that came from the kernel (others are dropped); its bytes are valid until the next call.</summary>
    internal int Receive(int flags, out ReadOnlySpan<byte> datagram)
    {
        while (true)
        {
            sockaddr_nl from = default;
            var fromLength = (uint)sizeof(sockaddr_nl);
            nint length;
            var room = _rented ?? throw new ObjectDisposedException(nameof(RouteSocket));
            // SAFETY: the array is pinned for the call and its own length bounds it; the address is ours.
            fixed (byte* buffer = room)
                length = recvfrom(Handle, buffer, room.Length, flags | MSG_TRUNC, &from, &fromLength);
            datagram = default;
            if (length < 0 && Marshal.GetLastPInvokeError() == Errno.EINTR)
                continue;
            if (length < 0)
                return Marshal.GetLastPInvokeError();
            if (length > room.Length)
                return ENOBUFS;
            if (from.nl_pid != 0)
                continue;
            datagram = room.AsSpan(0, (int)length);
            return 0;
        }
    }

    internal bool TrySetOption(int level, int option, int value) =>
        setsockopt(Handle, level, option, &value, sizeof(int)) == 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_asking)
        {
            Handle.Dispose();
            if (_rented is { } buffer)
                ArrayPool<byte>.Shared.Return(buffer);
            _rented = null;
        }
    }

    private void Bind(uint groups)
    {
        var address = new sockaddr_nl { nl_family = AF_NETLINK, nl_groups = groups };
        if (bind(Handle, &address, (uint)sizeof(sockaddr_nl)) == 0)
            return;
        var errno = Marshal.GetLastPInvokeError();
        Dispose();
        throw new BpfException("bind a netlink socket", "NETLINK_ROUTE", errno);
    }

    private int Ask(ref NetlinkWriter request, NetlinkMessageHandler? handler)
    {
        Explanation = null;
        _interrupted = false;
        var sequence = ++_sequence;
        var errno = Send(request.Finish(sequence));
        while (errno == 0)
        {
            errno = Receive(0, out var datagram);
            if (errno == 0 && TryFinish(datagram, sequence, handler, out var result))
                return result;
        }
        return errno;
    }

    private int Send(ReadOnlySpan<byte> request)
    {
        var kernel = new sockaddr_nl { nl_family = AF_NETLINK };
        // SAFETY: the request is pinned for the call, its own length bounds it; the address is ours.
        fixed (byte* buffer = request)
            return sendto(Handle, buffer, request.Length, 0, &kernel, (uint)sizeof(sockaddr_nl)) < 0 ? Marshal.GetLastPInvokeError() : 0;
    }

    private bool TryFinish(ReadOnlySpan<byte> datagram, uint sequence, NetlinkMessageHandler? handler, out int errno)
    {
        errno = 0;
        var reader = new NetlinkReader(datagram);
        while (reader.TryRead(out var message))
        {
            if (message.Sequence != sequence)
                continue;
            _interrupted |= (message.Flags & NLM_F_DUMP_INTR) != 0;
            if (message.Type is NLMSG_ERROR or NLMSG_DONE)
            {
                errno = ReadResult(message);
                return true;
            }
            handler?.Invoke(in message);
        }
        return false;
    }

    private int ReadResult(in NetlinkMessage message)
    {
        if (!MemoryMarshal.TryRead<int>(message.Payload, out var negated))
            return 0;
        var head = sizeof(int) + (message.Type == NLMSG_ERROR ? Unsafe.SizeOf<nlmsghdr>() : 0);
        if ((message.Flags & NLM_F_ACK_TLVS) != 0 && message.Payload.Length > head)
        {
            var attributes = new NetlinkAttributes(message.Payload[head..]);
            if (attributes.TryFind(NLMSGERR_ATTR_MSG, out var text))
                Explanation = NetlinkText.Decode(text);
        }
        return -negated;
    }
}
