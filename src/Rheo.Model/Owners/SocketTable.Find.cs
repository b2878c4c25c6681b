namespace Rheo.Model.Owners;

/// <summary>Whose a conversation is.</summary>
public sealed partial class SocketTable
{
    /// <summary>
    /// "Last seen" comes from the kernel's coarse clock, 20 ms early at most; and a server's socket is made by the packet that is the last
    /// of the handshake, so that it may be younger than the only packets that were seen.
    /// </summary>
    private const long SlackNs = 50_000_000;

    // Packets and sockets are told by two readers, each with its own reading of the clocks; a socket may live for some microseconds only.
    private const long ClockSlackNs = 500_000;

    // The kernel gives a port within the call that connects; a process may be kept from it that long.
    private const long PortSlackNs = 10_000_000;

    private readonly List<int> _candidates = [];
    private long _portlessNs = long.MinValue;
    private long _portsReadNs = long.MinValue;

    /// <summary>Datagram sockets were connected whose port was not told yet.</summary>
    public bool AwaitsPort => _portlessNs > _portsReadNs;

    /// <summary>The ports of all such sockets are being told.</summary>
    public void PortsRead(long nowNs) => _portsReadNs = nowNs - PortSlackNs;

    /// <summary>Whether <see cref="Find"/> would name anybody.</summary>
    /// <inheritdoc cref="Find"/>
    public bool IsKnown(byte protocol, Endpoint local, Endpoint remote, long firstSeenNs, long lastSeenNs) =>
        Search(protocol, local, remote, firstSeenNs, lastSeenNs).Count > 0;

    /// <inheritdoc/>
    /// <remarks>Threads: any, also while another is at work.</remarks>
    public void Expect(byte protocol, Endpoint local, Endpoint remote) => _index.Expect(protocol, in local, in remote);

    /// <inheritdoc/>
    public IReadOnlyList<SocketProcess> Find(byte protocol, Endpoint local, Endpoint remote, long firstSeenNs, long lastSeenNs)
    {
        var answer = Search(protocol, local, remote, firstSeenNs, lastSeenNs);
        if (answer.Count > 0)
            _found++;
        else
            _notFound++;
        return answer;
    }

    private IReadOnlyList<SocketProcess> Search(byte protocol, Endpoint local, Endpoint remote, long firstSeenNs, long lastSeenNs)
    {
        _candidates.Clear();
        for (var at = _index.AtTuple(protocol, in local, in remote); at != OwnedSocket.None; at = _index.NextAtTuple(at))
            FindConnected(at, in local, firstSeenNs, lastSeenNs);
        if (protocol == Transport.Tcp && _candidates.Count > 1) // asked for each conversation: what is rare alone may allocate
            KeepTheRightTime(firstSeenNs);
        if (_candidates.Count == 0)
            FindBound(protocol, in local, firstSeenNs, lastSeenNs);
        return Agreed(protocol);
    }

    /// <summary>The processes that use a socket, first the one that used it last; empty where they are not known.</summary>
    /// <param name="cookie">The kernel's number of the socket.</param>
    public IReadOnlyList<SocketProcess> FindByCookie(ulong cookie) =>
        _byCookie.TryGetValue(cookie, out var index) ? Users(in _sockets[index]) : [];

    // Sockets that had these ends in one namespace, one after the other.
    private void FindConnected(int newest, in Endpoint local, long firstSeenNs, long lastSeenNs)
    {
        for (int at = newest, older; at != OwnedSocket.None; at = older)
        {
            ref readonly var socket = ref _sockets[at];
            older = socket.Older;
            if (Overlaps(in socket, firstSeenNs, lastSeenNs) && IsSeenHere(in socket, local.Address))
            {
                _candidates.Add(at);
                // It was there when the first packet passed: those before it would not be kept.
                if (socket.Protocol == Transport.Tcp && socket.BeganLast && socket.BeganNs <= firstSeenNs)
                    return;
            }

            if (older != OwnedSocket.None && !Reaches(socket.OlderEndedNs, firstSeenNs))
                return;
        }
    }

    private void FindBound(byte protocol, in Endpoint local, long firstSeenNs, long lastSeenNs)
    {
        // A connection that began before the listener is another's.
        var atLatest = protocol == Transport.Tcp ? Math.Min(firstSeenNs, lastSeenNs) : lastSeenNs;
        for (var at = _index.AtPort(protocol, local.Port); at != OwnedSocket.None; at = _index.NextAtPort(at))
        {
            ref readonly var socket = ref _sockets[at];
            if (Overlaps(in socket, firstSeenNs, atLatest) && IsSeenHere(in socket, local.Address) && Receives(in socket, local.Address, isKnownLocal: false))
                _candidates.Add(at);
        }

        if (_candidates.Count > 1)
            KeepTheVeryAddress();
    }

    // In each namespace those at the very address come before those at any.
    private void KeepTheVeryAddress() =>
        _candidates.RemoveAll(one => IsAny(_sockets[one].Local.Address)
            && _candidates.Exists(other => _sockets[other].Namespace == _sockets[one].Namespace && !IsAny(_sockets[other].Local.Address)));

    private static bool Overlaps(ref readonly OwnedSocket socket, long firstSeenNs, long lastSeenNs) =>
        socket.BeganNs <= lastSeenNs + SlackNs && Reaches(socket.EndedNs, firstSeenNs);

    private static bool Reaches(long endedNs, long firstSeenNs) => endedNs >= firstSeenNs - ClockSlackNs;

    // Loopback addresses are each namespace's own, and flows are seen in one.
    private bool IsSeenHere(ref readonly OwnedSocket socket, in Address local) =>
        _options.LoopbackNamespace == 0 || socket.Namespace == _options.LoopbackNamespace || !NamespaceAddresses.IsLoopback(in local);

    // Connections of the same ends follow one another: in each namespace the one that was there when the first packet passed, else the next.
    private void KeepTheRightTime(long firstSeenNs) => _candidates.RemoveAll(one => _candidates.Exists(
        other => other != one && _sockets[other].Namespace == _sockets[one].Namespace && IsNearer(in _sockets[other], in _sockets[one], firstSeenNs)));

    private static bool IsNearer(ref readonly OwnedSocket one, ref readonly OwnedSocket other, long firstSeenNs) =>
        one.BeganNs <= firstSeenNs
            ? other.BeganNs > firstSeenNs || one.BeganNs > other.BeganNs
            : other.BeganNs > one.BeganNs;

    private bool Receives(ref readonly OwnedSocket socket, in Address local, bool isKnownLocal)
    {
        if (socket.IsConnected)
            return false;
        var bound = socket.Local.Address;
        if (!IsAny(in bound))
            return bound == local;
        if (local.IsIPv4 ? socket.IsIPv6Only : !socket.IsIPv6)
            return false;
        return isKnownLocal || _addresses.Has(socket.Namespace, in local);
    }

    private static bool IsAny(in Address address) => address is { Upper: 0, Lower: 0 } || (address.IsIPv4 && address.IPv4 == 0);

    // Several sockets may be meant: of several namespaces, or sharing a port. Then only what is true of all of them is said.
    private IReadOnlyList<SocketProcess> Agreed(byte protocol)
    {
        if (_candidates.Count == 0)
            return [];
        var first = Answer(in _sockets[_candidates[0]], protocol);
        for (var at = 1; at < _candidates.Count; at++)
        {
            if (!SameProcesses(first, Answer(in _sockets[_candidates[at]], protocol)))
                return [];
        }

        return first;
    }

    // A listener's connection that has no socket of its own: it is one process's, or nobody knows which one's.
    private static IReadOnlyList<SocketProcess> Answer(ref readonly OwnedSocket socket, byte protocol) =>
        protocol == Transport.Tcp && !socket.IsConnected ? OnlyUser(socket.Users, socket.HasEnded) : Users(in socket);

    private static bool SameProcesses(IReadOnlyList<SocketProcess> one, IReadOnlyList<SocketProcess> other) =>
        one.Count == other.Count && one.All(process => other.Contains(process));

    private static IReadOnlyList<SocketProcess> Users(ref readonly OwnedSocket socket)
    {
        var (certain, living) = CountUsers(in socket);
        if (certain == 0)
            return socket is { IsPassive: true, Listener: { } listener } ? OnlyUser(listener.All, listener.HasEnded) : [];
        // Who has ended has it no longer, if others go on.
        List<SocketUser>? users = null; // one is the rule, and allocates nothing
        foreach (ref readonly var user in socket.Users)
        {
            if (!IsTold(in user) || (living > 0 && user.Process.HasEnded))
                continue;
            if (certain == 1 || living == 1)
                return user.Process.Alone;
            (users ??= new List<SocketUser>(certain)).Add(user);
        }

        if (users is null)
            return [];
        users.Sort((one, other) => other.LastUseNs.CompareTo(one.LastUseNs));
        return users.ConvertAll(user => user.Process.Facts!);
    }

    private static (int Certain, int Living) CountUsers(ref readonly OwnedSocket socket)
    {
        var (certain, living) = (0, 0);
        foreach (ref readonly var user in socket.Users)
        {
            if (!IsTold(in user))
                continue;
            certain++;
            if (!user.Process.HasEnded)
                living++;
        }

        return (certain, living);
    }

    private static bool IsTold(in SocketUser user) => user.IsCertain && user.Process.Facts is not null;

    private int CountOwnerless()
    {
        var count = 0;
        for (var at = _live.First; at != OwnedSocket.None; at = _sockets[at].After)
        {
            if (IsOwnerless(in _sockets[at]))
                count++;
        }

        return count;
    }

    private static bool IsOwnerless(ref readonly OwnedSocket socket) =>
        CountUsers(in socket).Certain == 0 && (socket.Listener is not { } listener || OnlyUser(listener.All, listener.HasEnded).Count == 0);

    private static IReadOnlyList<SocketProcess> OnlyUser(ReadOnlySpan<SocketUser> ofListener, bool hasEnded) =>
        OnlyProcess(ofListener, hasEnded)?.Alone ?? [];

    private static OwnerProcess? OnlyProcess(ReadOnlySpan<SocketUser> ofListener, bool hasEnded)
    {
        OwnerProcess? only = null;
        foreach (ref readonly var user in ofListener)
        {
            if (user.Process.HasEnded && !hasEnded)
                continue;
            if (only is not null)
                return null;
            only = user.Process;
        }

        return only;
    }
}
