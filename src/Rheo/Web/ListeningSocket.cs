using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Rheo.Web;

/// <summary>
/// The socket on which a server listens: its own, or one on which the version before has listened. Who connected in between waits in the
/// kernel's queue, and is not refused. Threads: any, one at a time.
/// </summary>
/// <param name="taken">A listening socket, which becomes the server's own; null: the server makes one.</param>
internal sealed class ListeningSocket(int? taken)
{
    private Socket? _socket;

    /// <summary>
    /// The descriptor, for who is to listen on. With close-on-exec taken off, .NET only closes it and leaves the socket itself alone
    /// (SafeSocketHandle.TryUnblockSocket); otherwise it shuts it down for all.
    /// </summary>
    public int? Descriptor => _socket is null ? null : (int)_socket.Handle;

    /// <summary>Has a server use it.</summary>
    public void UseIn(SocketTransportOptions options) => options.CreateBoundListenSocket = Open;

    private Socket Open(EndPoint place) => _socket = taken is { } descriptor
        ? new Socket(new SafeSocketHandle(descriptor, ownsHandle: true))
        : SocketTransportOptions.CreateDefaultBoundListenSocket(place);
}
