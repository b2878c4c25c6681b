using System.Net.Sockets;

namespace Rheo.Capture;

/// <summary>The network namespace of this process, as the kernel side names namespaces.</summary>
internal static class OwnNamespace
{
    private const int SocketLevel = 1; // SOL_SOCKET
    private const int NetnsCookie = 71; // SO_NETNS_COOKIE

    /// <summary>Its cookie; 0 before Linux 5.14.</summary>
    internal static ulong Cookie()
    {
        Span<byte> cookie = stackalloc byte[sizeof(ulong)];
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.GetRawSocketOption(SocketLevel, NetnsCookie, cookie);
            return BitConverter.ToUInt64(cookie);
        }
        catch (SocketException)
        {
            return 0;
        }
    }
}
