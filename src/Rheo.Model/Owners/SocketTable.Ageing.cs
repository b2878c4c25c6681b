namespace Rheo.Model.Owners;

/// <summary>How sockets and processes leave the table.</summary>
public sealed partial class SocketTable
{
    /// <summary>Memory for so many sockets, some 3 MB, is not worth giving back.</summary>
    internal const int LeastRoom = 16_384;

    /// <summary>A minute: storms that come one after the other keep the memory that they need.</summary>
    internal const long RoomyNs = 60_000_000_000;

    private readonly List<ProcessKey> _forgotten = [];
    private long _neededNs; // more than a quarter of the memory was in use
    private long _lastWalkBeganNs;

    /// <summary>A walk over all descriptors begins; what it finds is told as <see cref="SocketEvent.Found"/>.</summary>
    public void BeginWalk(long timeNs)
    {
        _walk++;
        _walkBeganNs = timeNs;
    }

    /// <summary>The walk is over: whoever was not found with a socket has it no longer.</summary>
    /// <param name="mayHaveMissedEnds">Moments were lost since the last walk: a socket that nobody has is taken for ended.</param>
    public void EndWalk(bool mayHaveMissedEnds)
    {
        for (int index = _live.First, next; index != OwnedSocket.None; index = next)
        {
            ref var socket = ref _sockets[index];
            next = socket.After; // it may end, and leave the list
            if (socket.HeardNs >= _walkBeganNs && socket.Walk != _walk)
                continue;
            if (socket.Walk == _walk)
                socket.Settle(_walk, _walkBeganNs);
            else if (mayHaveMissedEnds || socket is { Protocol: Transport.Tcp, Place: SocketPlace.Nowhere })
                End(index, _walkBeganNs); // the second: its connect came to nothing before it had a port
        }

        _lastWalkBeganNs = _walkBeganNs;
    }

    /// <summary>Lets go of what is older than is asked for.</summary>
    /// <param name="nowNs">The time.</param>
    /// <returns>Processes that may go on are forgotten: they have to be told again.</returns>
    public bool Tick(long nowNs)
    {
        while (_ended.First is not OwnedSocket.None and var oldest && _sockets[oldest].EndedNs < nowNs - _options.KeepEndedNs)
            Remove(oldest);
        GiveBack(nowNs);
        _forgotten.Clear();
        return ForgetProcesses(nowNs);
    }

    /// <summary>Sockets for which there is memory.</summary>
    internal int Room => _sockets.Room;

    // What a storm has used, once less than a quarter has been in use for a while. Where some last it goes on as they end.
    private void GiveBack(long nowNs)
    {
        if (Room <= LeastRoom || _byCookie.Count > Room / 4)
            _neededNs = nowNs;
        if (nowNs - _neededNs < RoomyNs)
            return;
        _neededNs = nowNs;
        var enough = Math.Max(LeastRoom / 2, 2 * _byCookie.Count);
        _sockets.Shrink(enough);
        _byCookie.TrimExcess(enough);
        _index.Shrink(enough);
    }

    private void End(int index, long timeNs)
    {
        ref var socket = ref _sockets[index];
        if (socket.HasEnded)
            return;
        socket.EndedNs = timeNs;
        _index.NoteEnd(index);
        _live.Remove(index);
        _ended.Append(index);
        ListensNoMore(in socket);
    }

    private static void ListensNoMore(ref readonly OwnedSocket socket)
    {
        if (socket.SharedUsers is not { } users)
            return;
        foreach (ref readonly var user in users.All)
            user.Process.Listening.Remove(users);
    }

    // A failed connection is tried again with the same socket; or an end was taken for granted that was none.
    private void Revive(int index, in SocketMoment moment)
    {
        ref var socket = ref _sockets[index];
        socket.EndedNs = long.MaxValue;
        _index.NoteEnd(index);
        _ended.Remove(index);
        _live.Append(index);
        if (moment.Event != SocketEvent.Connecting)
            return;
        _index.Remove(index); // its place is by when it began
        socket.BeganNs = moment.TimeNs;
    }

    // Full: the longest ended goes; if all are open, the oldest of them.
    private void MakeRoom()
    {
        while (_byCookie.Count >= _options.MaxSockets && _byCookie.Count > 0)
        {
            Remove(_ended.Count > 0 ? _ended.First : _live.First);
            _letGo++;
        }
    }

    // Of a listener, the connections that it brought may still ask whose it was: they have its users.
    private void Remove(int index)
    {
        ref var socket = ref _sockets[index];
        ExpectAfter(in socket);
        _index.Remove(index);
        _byCookie.Remove(socket.Cookie);
        (socket.HasEnded ? _ended : _live).Remove(index);
        ListensNoMore(in socket);
        socket = default;
        _sockets.Return(index);
    }

    // They go in the order in which they ended. The next is there by now; its bucket is fetched, and the one after it.
    private void ExpectAfter(ref readonly OwnedSocket socket)
    {
        if (socket.After == OwnedSocket.None)
            return;
        _index.ExpectRemoval(socket.After);
        _sockets.Expect(_sockets[socket.After].After);
    }

    // Those that ended, once all their sockets have gone too; of the others the longest unheard of, if there are too many.
    private bool ForgetProcesses(long nowNs)
    {
        foreach (var process in _processes.Values)
        {
            if (process.HasEnded && process.EndedNs < nowNs - (2 * _options.KeepEndedNs) && process.HeardNs < nowNs - (2 * _options.KeepEndedNs))
                _forgotten.Add(process.Key);
        }

        var tooMany = _processes.Count - _forgotten.Count - _options.MaxProcesses;
        if (tooMany > 0)
        {
            var oldest = _processes.Values.OrderBy(process => process.HeardNs).Take(tooMany + (_options.MaxProcesses / 8));
            _forgotten.AddRange(oldest.Select(process => process.Key));
        }

        foreach (var key in _forgotten)
            _processes.Remove(key);
        return tooMany > 0;
    }
}
