using Rheo.Model.Table;

namespace Rheo.Model.Owners;

/// <summary>
/// The sockets of all network namespaces and the processes that use them, as the kernel tells it moment by moment; whose a conversation is
/// follows from it. Times are of any one clock, the same for all that is told and asked.
/// </summary>
/// <remarks>Threads: one at a time. Memory: bounded by <see cref="SocketTableOptions"/>; what had to go is counted.</remarks>
public sealed partial class SocketTable : ISocketOwners
{
    private readonly SocketTableOptions _options;
    private readonly Pool<OwnedSocket> _sockets = new();
    private readonly Dictionary<ulong, int> _byCookie = [];
    private readonly Dictionary<ProcessKey, OwnerProcess> _processes = [];
    private readonly SocketIndex _index;
    private readonly NamespaceAddresses _addresses = new();
    private readonly SocketList _live; // the oldest first
    private readonly SocketList _ended; // the longest ended first
    private long _letGo;
    private long _found;
    private long _notFound;
    private long _walk;
    private long _walkBeganNs;

    /// <summary>An empty table.</summary>
    public SocketTable(SocketTableOptions options)
    {
        _options = options;
        _index = new SocketIndex(_sockets);
        (_live, _ended) = (new SocketList(_sockets), new SocketList(_sockets));
        _ = _sockets.Rent(); // OwnedSocket.None
    }

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
        foreach (var users in known.Listening)
        {
            users.Use(process, timeNs, walk: 0, isCertain: false);
            if (users is { IsAtPort: true, HasEnded: false })
                process.Listening.Add(users);
        }
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
        foreach (var users in process.Listening)
            users.Drop(process);
        _processes.Remove(key);
    }

    /// <summary>Notes what happened to a socket.</summary>
    public void Tell(in SocketMoment moment)
    {
        if (moment.Cookie == 0)
            return;
        var index = Socket(in moment);
        ref var socket = ref _sockets[index];
        socket.HeardNs = Math.Max(socket.HeardNs, moment.TimeNs);
        if (moment.Event != SocketEvent.Closed || !socket.IsConnected)
            Place(index, in moment);
        if (moment.Process.Pid != 0)
            Use(ref socket, Process(moment.Process, moment.TimeNs), moment.TimeNs, moment.Event == SocketEvent.Found ? _walk : 0, isCertain: true);
        if (moment.Event == SocketEvent.Found)
            socket.Walk = _walk;
        if (moment.IsPassive)
            Accept(ref socket);
        if (moment.Event == SocketEvent.Connecting && socket is { Protocol: Transport.Udp, Place: SocketPlace.Nowhere })
            _portlessNs = Math.Max(_portlessNs, moment.TimeNs);
        if (moment.Event is SocketEvent.Closed or SocketEvent.Released)
            End(index, moment.TimeNs);
    }

    /// <summary>Notes that a process uses a socket. Of one that is not known nothing is noted: a walk finds it.</summary>
    public void Used(ulong cookie, ProcessKey process, long timeNs)
    {
        if (!_byCookie.TryGetValue(cookie, out var index))
            return;
        ref var socket = ref _sockets[index];
        socket.HeardNs = Math.Max(socket.HeardNs, timeNs);
        Use(ref socket, Process(process, timeNs), timeNs, walk: 0, isCertain: true);
    }

    private static void Use(ref OwnedSocket socket, OwnerProcess process, long timeNs, long walk, bool isCertain)
    {
        socket.Use(process, timeNs, walk, isCertain);
        if (socket is { Place: SocketPlace.Port, Protocol: Transport.Tcp, HasEnded: false })
            process.Listening.Add(socket.ShareUsers());
    }

    private int Socket(in SocketMoment moment)
    {
        if (_byCookie.TryGetValue(moment.Cookie, out var known))
        {
            // A walk may find what has ended by the time that it is told.
            ref readonly var former = ref _sockets[known];
            if (former.HasEnded && moment.TimeNs > former.EndedNs && moment.Event is (SocketEvent.Found or SocketEvent.Connecting))
                Revive(known, in moment);
            return known;
        }

        MakeRoom();
        var index = _sockets.Rent();
        // Found by a walk: it began after the walk before, which had not found it.
        var beganNs = moment.Event == SocketEvent.Found ? _lastWalkBeganNs : moment.TimeNs;
        _sockets[index].Begin(moment.Cookie, moment.Namespace, moment.Protocol, beganNs);
        _byCookie.Add(moment.Cookie, index);
        _live.Append(index);
        return index;
    }

    // Its addresses, as far as this moment knows them: a port, once known, is kept through moments that do not tell it.
    private void Place(int index, in SocketMoment moment)
    {
        ref var socket = ref _sockets[index];
        var local = moment.Local.Port != 0 ? moment.Local : socket.Local;
        var remote = moment.Remote.Port != 0 || moment.Event is SocketEvent.Bound or SocketEvent.Found ? moment.Remote : socket.Remote;
        (socket.IsIPv6, socket.IsIPv6Only) = (moment.IsIPv6, moment.IsIPv6Only);
        if (local == socket.Local && remote == socket.Remote && socket.Place != SocketPlace.Nowhere)
            return;
        _index.Remove(index);
        (socket.Local, socket.Remote) = (local, remote);
        _index.Add(index);
    }

    // Whose it is until somebody uses it: of who listened as it came. Which of several that share a port the kernel has chosen is not known.
    private void Accept(ref OwnedSocket socket)
    {
        socket.IsPassive = true;
        if (socket.Listener is not null)
            return;
        var (listener, agree) = (OwnedSocket.None, true);
        for (var at = _index.AtPort(socket.Protocol, socket.Local.Port); at != OwnedSocket.None; at = _index.NextAtPort(at))
        {
            ref readonly var one = ref _sockets[at];
            if (one.Namespace != socket.Namespace || one.HasEnded || !Receives(in one, socket.Local.Address, isKnownLocal: true))
                continue;
            if (listener == OwnedSocket.None || IsNearer(at, listener))
                (listener, agree) = (at, true);
            else if (!IsNearer(listener, at))
                agree &= AreOfOneProcess(listener, at);
        }

        if (listener != OwnedSocket.None)
            socket.Listener = agree ? _sockets[listener].ShareUsers() : SocketUsers.Nobody;
    }

    // The kernel prefers a listener at the very address to one at any.
    private bool IsNearer(int one, int other) => !IsAny(_sockets[one].Local.Address) && IsAny(_sockets[other].Local.Address);

    private bool AreOfOneProcess(int one, int other) =>
        OnlyProcess(_sockets[one].Users, hasEnded: false) is { } process && OnlyProcess(_sockets[other].Users, hasEnded: false) == process;

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
