using System.Runtime.InteropServices;
using Rheo.Warden.Interop;
using static Rheo.Warden.Interop.SocketCalls;

namespace Rheo.Warden;

/// <summary>
/// One end of a socket pair between warden and core: whole messages, and descriptors beside them. Threads: one sends, one receives.
/// </summary>
internal sealed unsafe class Channel : IDisposable
{
    /// <summary>Most bytes of a message. The socket's own buffer holds three of them.</summary>
    internal const int MaxMessage = 64 * 1024;

    /// <summary>Most descriptors beside a message; the kernel allows 253.</summary>
    internal const int MaxDescriptors = 32;

    private const int EAGAIN = 11;
    private const int EINTR = 4;
    private const int ENOMEM = 12;
    private const int EMSGSIZE = 90;
    private const int ENOBUFS = 105;
    private const int ETOOMANYREFS = 109; // descriptors of all this user's processes that are under way
    private static readonly int s_headSize = sizeof(ControlHeader);

    private int _descriptor;

    internal Channel(int descriptor) => _descriptor = descriptor;

    /// <summary>The descriptor, closed on exec; it stays this object's own.</summary>
    internal int Descriptor => _descriptor;

    /// <summary>Makes both ends, closed on exec.</summary>
    internal static (Channel Ours, Channel Theirs) Pair()
    {
        var pair = stackalloc int[2];
        if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
            throw new IOException($"cannot make a socket pair: {Marshal.GetLastPInvokeErrorMessage()}");
        return (new Channel(pair[0]), new Channel(pair[1]));
    }

    /// <summary>Why a message of so many bytes cannot be sent; null where it can. The other end has room for no more, and would take it for our end.</summary>
    internal static string? Refusal(int length) => length > MaxMessage
        ? $"{length} bytes are too long for one message between the agent's processes, which has {MaxMessage} at most: does the configuration name thousands of interfaces?"
        : null;

    /// <summary>Sends a message without waiting.</summary>
    /// <exception cref="IOException">It is too long, for the other end or for the kernel.</exception>
    /// <returns>False when the other end has not read what was sent before, or the kernel has no room just now; an end that is gone is found by receiving.</returns>
    internal bool TrySend(ReadOnlySpan<byte> message, ReadOnlySpan<int> descriptors = default)
    {
        var room = stackalloc byte[s_headSize + (MaxDescriptors * sizeof(int))];
        var size = s_headSize + (descriptors.Length * sizeof(int));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(descriptors.Length, MaxDescriptors);
        if (Refusal(message.Length) is { } refusal)
            throw new IOException(refusal);
        *(ControlHeader*)room = new ControlHeader { Length = (nuint)size, Level = SOL_SOCKET, Type = SCM_RIGHTS };
        descriptors.CopyTo(new Span<int>(room + s_headSize, descriptors.Length));
        // SAFETY: message is pinned for the call; vector, header and control live on this stack, with their lengths beside them.
        fixed (byte* bytes = message)
        {
            var vector = new IoVector { Base = bytes, Length = (nuint)message.Length };
            var header = new MessageHeader { Vectors = &vector, VectorCount = 1 };
            header.Control = descriptors.Length > 0 ? room : null;
            header.ControlLength = descriptors.Length > 0 ? (nuint)((size + 7) & ~7) : 0;
            return sendmsg(_descriptor, &header, MSG_NOSIGNAL | MSG_DONTWAIT) >= 0 || WasTaken(Marshal.GetLastPInvokeError(), message.Length);
        }
    }

    /// <summary>Waits for a message.</summary>
    /// <param name="buffer">Room for <see cref="MaxMessage"/> bytes.</param>
    /// <param name="descriptors">Gets the descriptors that came along; they are the caller's, and closed on exec.</param>
    /// <returns>Its length; 0 when the other end is gone.</returns>
    internal int Receive(Span<byte> buffer, List<int> descriptors)
    {
        var room = stackalloc byte[s_headSize + (MaxDescriptors * sizeof(int))];
        // SAFETY: as in TrySend.
        fixed (byte* bytes = buffer)
        {
            while (true)
            {
                var vector = new IoVector { Base = bytes, Length = (nuint)buffer.Length };
                var header = new MessageHeader
                {
                    Vectors = &vector, VectorCount = 1, Control = room, ControlLength = (nuint)(s_headSize + (MaxDescriptors * sizeof(int))),
                };
                var length = recvmsg(_descriptor, &header, MSG_CMSG_CLOEXEC);
                if (length < 0 && Marshal.GetLastPInvokeError() == EINTR)
                    continue;
                if (length > 0)
                    Take(in header, descriptors);
                // A message that was cut off is as good as none: nobody of ours sends one.
                return length <= 0 || (header.Flags & (MSG_TRUNC | MSG_CTRUNC)) != 0 ? 0 : (int)length;
            }
        }
    }

    /// <summary>Ends the conversation: a receive that waits, here or there, returns.</summary>
    internal void Hangup() => shutdown(_descriptor, SHUT_RDWR);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _descriptor, -1) is var descriptor and >= 0)
            Descriptors.Close(descriptor);
    }

    private static bool WasTaken(int errno, int length) => errno != EMSGSIZE
        ? errno is not (EAGAIN or ENOMEM or ENOBUFS or ETOOMANYREFS)
        : throw new IOException($"the kernel takes no message of {length} bytes between the agent's processes; raise net.core.wmem_default (sysctl), usually 212992");

    private static void Take(in MessageHeader header, List<int> descriptors)
    {
        var control = (ControlHeader*)header.Control;
        if (header.ControlLength < (nuint)s_headSize || control->Level != SOL_SOCKET || control->Type != SCM_RIGHTS)
            return;
        var count = ((int)control->Length - s_headSize) / sizeof(int);
        descriptors.AddRange(new ReadOnlySpan<int>((byte*)control + s_headSize, count));
    }
}
