using Rheo.Model.Table;

namespace Rheo.Model.Owners;

/// <summary>Sockets in the order in which they were put in, linked through themselves: each is in one list at most.</summary>
internal sealed class SocketList(Pool<OwnedSocket> sockets)
{
    private int _last;

    /// <summary>The one that is longest in the list.</summary>
    internal int First { get; private set; }

    internal int Count { get; private set; }

    internal void Append(int index)
    {
        ref var socket = ref sockets[index];
        socket.Before = _last;
        socket.After = OwnedSocket.None;
        if (_last != OwnedSocket.None)
            sockets[_last].After = index;
        else
            First = index;
        _last = index;
        Count++;
    }

    internal void Remove(int index)
    {
        ref var socket = ref sockets[index];
        if (socket.Before != OwnedSocket.None)
            sockets[socket.Before].After = socket.After;
        else
            First = socket.After;
        if (socket.After != OwnedSocket.None)
            sockets[socket.After].Before = socket.Before;
        else
            _last = socket.Before;
        (socket.Before, socket.After) = (OwnedSocket.None, OwnedSocket.None);
        Count--;
    }
}
