namespace Rheo.Model.Owners;

/// <summary>How sockets and processes leave the table.</summary>
public sealed partial class SocketTable
{
    /// <summary>16,384, some 4 MB: more than end in a second on most hosts.</summary>
    private const int MostSpare = 16_384;

    private readonly List<ProcessKey> _forgotten = [];
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
        for (OwnedSocket? socket = _live.First, next; socket is not null; socket = next)
        {
            next = socket.After; // it may end, and leave the list
            if (socket.HeardNs >= _walkBeganNs && socket.Walk != _walk)
                continue;
            if (socket.Walk == _walk)
                socket.Settle(_walk, _walkBeganNs);
            else if (mayHaveMissedEnds)
                End(socket, _walkBeganNs);
        }

        _lastWalkBeganNs = _walkBeganNs;
    }

    /// <summary>Lets go of what is older than is asked for.</summary>
    /// <param name="nowNs">The time.</param>
    /// <returns>Processes that may go on are forgotten: they have to be told again.</returns>
    public bool Tick(long nowNs)
    {
        while (_ended.First is { } oldest && oldest.EndedNs < nowNs - _options.KeepEndedNs)
            Remove(oldest);
        _forgotten.Clear();
        return ForgetProcesses(nowNs);
    }

    private void End(OwnedSocket socket, long timeNs)
    {
        if (socket.HasEnded)
            return;
        socket.EndedNs = timeNs;
        SocketIndex.NoteEnd(socket);
        _live.Remove(socket);
        _ended.Append(socket);
        foreach (ref readonly var user in socket.Users)
            user.Process.Listening.Remove(socket);
    }

    // A failed connection is tried again with the same socket; or an end was taken for granted that was none.
    private void Revive(OwnedSocket socket, in SocketMoment moment)
    {
        socket.EndedNs = long.MaxValue;
        SocketIndex.NoteEnd(socket);
        _ended.Remove(socket);
        _live.Append(socket);
        if (moment.Event != SocketEvent.Connecting)
            return;
        _index.Remove(socket); // its place is by when it began
        socket.BeganNs = moment.TimeNs;
    }

    // Full: the longest ended goes; if all are open, the oldest of them.
    private void MakeRoom()
    {
        while (_sockets.Count >= _options.MaxSockets && (_ended.First ?? _live.First) is { } victim)
        {
            Remove(victim);
            _letGo++;
        }
    }

    private void Remove(OwnedSocket socket)
    {
        ExpectAfter(socket);
        _index.Remove(socket);
        _sockets.Remove(socket.Cookie);
        (socket.HasEnded ? _ended : _live).Remove(socket);
        foreach (ref readonly var user in socket.Users)
            user.Process.Listening.Remove(socket);
        // Of a listener, the connections that it brought may still ask whose it was.
        if (socket.WasAtPort)
        {
            socket.Listener = null;
            return;
        }

        socket.Forget();
        if (_spare.Count < MostSpare)
            _spare.Push(socket);
    }

    // They go in the order in which they ended. The next is there by now; its bucket is fetched, and the one after it.
    private void ExpectAfter(OwnedSocket socket)
    {
        if (socket.After is not { } next)
            return;
        _index.ExpectRemoval(next);
        OwnedSocket.Expect(next.After);
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
