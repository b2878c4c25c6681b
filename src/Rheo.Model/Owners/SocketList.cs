namespace Rheo.Model.Owners;

/// <summary>Sockets in the order in which they were put in, linked through themselves: each is in one list at most.</summary>
internal sealed class SocketList
{
    private OwnedSocket? _last;

    /// <summary>The one that is longest in the list.</summary>
    internal OwnedSocket? First { get; private set; }

    internal int Count { get; private set; }

    internal void Append(OwnedSocket socket)
    {
        socket.Before = _last;
        socket.After = null;
        if (_last is { } last)
            last.After = socket;
        else
            First = socket;
        _last = socket;
        Count++;
    }

    internal void Remove(OwnedSocket socket)
    {
        if (socket.Before is { } before)
            before.After = socket.After;
        else
            First = socket.After;
        if (socket.After is { } after)
            after.Before = socket.Before;
        else
            _last = socket.Before;
        (socket.Before, socket.After) = (null, null);
        Count--;
    }
}
