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
    // 300 ms together: so long who has connected before the end may take to ask.
    private const int Beats = 30;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(10);

    private Socket? _socket;
    private bool _isLeft;

    /// <summary>
    /// Leaves it to who is to listen on, by its descriptor, which stays the server's own. With close-on-exec taken off, .NET only closes it and
    /// leaves the socket itself alone (SafeSocketHandle.TryUnblockSocket); otherwise it shuts it down for all.
    /// </summary>
    public int? Leave()
    {
        _isLeft = _socket is not null;
        return _socket is null ? null : (int)_socket.Handle;
    }

    /// <summary>
    /// Where somebody else listens on: takes no more connections, and lets those that are here be answered. A server that stops hangs up at
    /// once on who has connected and not yet asked.
    /// </summary>
    /// <param name="connections">How many are open.</param>
    public async Task Close(Func<int> connections)
    {
        if (!_isLeft)
            return;
        _socket!.Dispose();
        for (var beat = 0; beat < Beats && connections() > 0; beat++)
            await Task.Delay(Beat);
    }

    /// <summary>Has a server use it.</summary>
    public void UseIn(SocketTransportOptions options) => options.CreateBoundListenSocket = Open;

    private Socket Open(EndPoint place) => _socket = taken is { } descriptor
        ? new Socket(new SafeSocketHandle(descriptor, ownsHandle: true))
        : SocketTransportOptions.CreateDefaultBoundListenSocket(place);
}
