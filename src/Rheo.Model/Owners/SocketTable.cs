namespace Rheo.Model.Owners;

/// <summary>
/// The sockets of all network namespaces and the processes that use them, as the kernel tells it moment by moment; whose a conversation is
/// follows from it. Times are of any one clock, the same for all that is told and asked.
/// </summary>
/// <remarks>Threads: one at a time. Memory: bounded by <see cref="SocketTableOptions"/>; what had to go is counted.</remarks>
public sealed partial class SocketTable : ISocketOwners
{
    private readonly SocketTableOptions _options;
    private readonly Dictionary<ulong, OwnedSocket> _sockets = [];
    private readonly Dictionary<ProcessKey, OwnerProcess> _processes = [];
    private readonly SocketIndex _index = new();
    private readonly NamespaceAddresses _addresses = new();
    private readonly SocketList _live = new(); // the oldest first
    private readonly SocketList _ended = new(); // the longest ended first
    private readonly Stack<OwnedSocket> _spare = new(); // used again while they are warm: a busy host makes thousands a second
    private long _letGo;
    private long _found;
    private long _notFound;
    private long _walk;
    private long _walkBeganNs;

    /// <summary>An empty table.</summary>
    public SocketTable(SocketTableOptions options) => _options = options;

    /// <summary>What it holds now. Cost: a look at each socket that is open.</summary>
    public SocketCounts Counts => new(
        _live.Count, _ended.Count, CountOwnerless(), _processes.Count, _addresses.Count, _letGo, _found, _notFound);

    /// <summary>Notes who a process is, or what it has become.</summary>
    /// <param name="key">The process.</param>
    /// <param name="facts">What is known of it.</param>
    /// <param name="timeNs">When that was so.</param>
    public void Tell(ProcessKey key, SocketProcess facts, long timeNs)
    {
        var process = Process(key, timeNs);
        // One that exits has no program any more, and had one before.
        process.Facts = facts.Executable.Length == 0 && process.Facts is { } before ? facts with { Executable = before.Executable } : facts;
    }

    /// <summary>Notes an address of a namespace.</summary>
    public void Tell(ulong space, Address address) => _addresses.Add(space, in address);

    /// <summary>Notes that a process has a child, which has all descriptors of its parent until a walk says otherwise.</summary>
    public void Forked(ProcessKey child, ProcessKey parent, long timeNs)
    {
        if (!_processes.TryGetValue(parent, out var known) || known.Listening.Count == 0)
            return;
        var process = Process(child, timeNs);
        foreach (var socket in known.Listening)
            Use(socket, process, timeNs, walk: 0, isCertain: false);
    }

    /// <summary>Notes that a process has ended.</summary>
    public void Exited(ProcessKey key, long timeNs)
    {
        if (!_processes.TryGetValue(key, out var process))
            return;
        process.EndedNs = timeNs;
        if (process.Facts is not null)
            return;
        // A child that was never seen to use anything.
        foreach (var socket in process.Listening)
            socket.Drop(process);
        _processes.Remove(key);
    }

    /// <summary>Notes what happened to a socket.</summary>
    public void Tell(in SocketMoment moment)
    {
        if (moment.Cookie == 0)
            return;
        var socket = Socket(in moment);
        socket.HeardNs = Math.Max(socket.HeardNs, moment.TimeNs);
        if (moment.Event != SocketEvent.Closed || !socket.IsConnected)
            Place(socket, in moment);
        if (moment.Process.Pid != 0)
            Use(socket, Process(moment.Process, moment.TimeNs), moment.TimeNs, moment.Event == SocketEvent.Found ? _walk : 0, isCertain: true);
        if (moment.Event == SocketEvent.Found)
            socket.Walk = _walk;
        if (moment.IsPassive)
            Accept(socket);
        if (moment.Event == SocketEvent.Connecting && socket is { Protocol: Transport.Udp, Place: SocketPlace.Nowhere })
            _portlessNs = Math.Max(_portlessNs, moment.TimeNs);
        if (moment.Event is SocketEvent.Closed or SocketEvent.Released)
            End(socket, moment.TimeNs);
    }

    /// <summary>Notes that a process uses a socket. Of one that is not known nothing is noted: a walk finds it.</summary>
    public void Used(ulong cookie, ProcessKey process, long timeNs)
    {
        if (!_sockets.TryGetValue(cookie, out var socket))
            return;
        socket.HeardNs = Math.Max(socket.HeardNs, timeNs);
        Use(socket, Process(process, timeNs), timeNs, walk: 0, isCertain: true);
    }

    private void Use(OwnedSocket socket, OwnerProcess process, long timeNs, long walk, bool isCertain)
    {
        socket.Use(process, timeNs, walk, isCertain);
        if (socket is { Place: SocketPlace.Port, Protocol: Transport.Tcp, HasEnded: false })
            process.Listening.Add(socket);
    }

    private OwnedSocket Socket(in SocketMoment moment)
    {
        if (_sockets.TryGetValue(moment.Cookie, out var known))
        {
            // A walk may find what has ended by the time that it is told.
            if (known.HasEnded && moment.TimeNs > known.EndedNs && moment.Event is (SocketEvent.Found or SocketEvent.Connecting))
                Revive(known, in moment);
            return known;
        }

        MakeRoom();
        if (!_spare.TryPop(out var socket))
            socket = new OwnedSocket();
        // Found by a walk: it began after the walk before, which had not found it.
        var beganNs = moment.Event == SocketEvent.Found ? _lastWalkBeganNs : moment.TimeNs;
        socket.Begin(moment.Cookie, moment.Namespace, moment.Protocol, beganNs);
        _sockets.Add(moment.Cookie, socket);
        _live.Append(socket);
        return socket;
    }

    // Its addresses, as far as this moment knows them: a port, once known, is kept through moments that do not tell it.
    private void Place(OwnedSocket socket, in SocketMoment moment)
    {
        var local = moment.Local.Port != 0 ? moment.Local : socket.Local;
        var remote = moment.Remote.Port != 0 || moment.Event is SocketEvent.Bound or SocketEvent.Found ? moment.Remote : socket.Remote;
        (socket.IsIPv6, socket.IsIPv6Only) = (moment.IsIPv6, moment.IsIPv6Only);
        if (local == socket.Local && remote == socket.Remote && socket.Place != SocketPlace.Nowhere)
            return;
        _index.Remove(socket);
        (socket.Local, socket.Remote) = (local, remote);
        _index.Add(socket);
    }

    private void Accept(OwnedSocket socket)
    {
        socket.IsPassive = true;
        for (var at = _index.AtPort(socket.Protocol, socket.Local.Port); at is not null; at = SocketIndex.NextAtPort(at))
        {
            if (at.Namespace == socket.Namespace && !at.HasEnded && Receives(at, socket.Local.Address, isKnownLocal: true))
                socket.Listener = Nearer(socket.Listener, at);
        }
    }

    // The kernel prefers a listener at the very address to one at any.
    private static OwnedSocket Nearer(OwnedSocket? one, OwnedSocket other) =>
        one is null || (IsAny(one.Local.Address) && !IsAny(other.Local.Address)) ? other : one;

    private OwnerProcess Process(ProcessKey key, long timeNs)
    {
        if (!_processes.TryGetValue(key, out var process))
        {
            process = new OwnerProcess(key);
            _processes[key] = process;
        }

        process.HeardNs = Math.Max(process.HeardNs, timeNs);
        return process;
    }
}
