namespace Rheo.Model.Owners;

/// <summary>Finds the sockets that a packet may belong to. Sockets at one place are a chain.</summary>
internal sealed class SocketIndex
{
    private readonly Dictionary<(byte Protocol, Endpoint Local, Endpoint Remote), OwnedSocket> _tuples = [];
    private readonly Dictionary<(byte Protocol, ushort Port), OwnedSocket> _ports = [];

    internal OwnedSocket? AtTuple(byte protocol, in Endpoint local, in Endpoint remote) =>
        _tuples.GetValueOrDefault((protocol, local, remote));

    internal OwnedSocket? AtPort(byte protocol, ushort port) => _ports.GetValueOrDefault((protocol, port));

    /// <summary>Puts a socket where its addresses say.</summary>
    internal void Add(OwnedSocket socket)
    {
        if (socket.Local.Port == 0)
            return;
        if (socket.IsConnected)
        {
            socket.Place = SocketPlace.Tuple;
            Add(_tuples, TupleOf(socket), socket);
        }
        else
        {
            socket.Place = SocketPlace.Port;
            Add(_ports, PortOf(socket), socket);
        }
    }

    /// <summary>Takes a socket away; its addresses are still those under which it was put in.</summary>
    internal void Remove(OwnedSocket socket)
    {
        if (socket.Place == SocketPlace.Tuple)
            Remove(_tuples, TupleOf(socket), socket);
        else if (socket.Place == SocketPlace.Port)
            Remove(_ports, PortOf(socket), socket);
        socket.Place = SocketPlace.Nowhere;
        socket.Next = null;
    }

    private static (byte, Endpoint, Endpoint) TupleOf(OwnedSocket socket) => (socket.Protocol, socket.Local, socket.Remote);

    private static (byte, ushort) PortOf(OwnedSocket socket) => (socket.Protocol, socket.Local.Port);

    private static void Add<TKey>(Dictionary<TKey, OwnedSocket> index, TKey key, OwnedSocket socket)
        where TKey : notnull
    {
        socket.Next = index.GetValueOrDefault(key);
        index[key] = socket;
    }

    private static void Remove<TKey>(Dictionary<TKey, OwnedSocket> index, TKey key, OwnedSocket socket)
        where TKey : notnull
    {
        var first = index.GetValueOrDefault(key);
        if (first == socket)
        {
            if (socket.Next is { } next)
                index[key] = next;
            else
                index.Remove(key);
            return;
        }

        for (var before = first; before is not null; before = before.Next)
        {
            if (before.Next != socket)
                continue;
            before.Next = socket.Next;
            return;
        }
    }
}
