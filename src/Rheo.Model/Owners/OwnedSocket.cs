namespace Rheo.Model.Owners;

/// <summary>A socket in the table, with those who use it.</summary>
internal sealed class OwnedSocket
{
    /// <summary>32: of a socket that more processes share, those that used it last.</summary>
    private const int MostUsers = 32;

    /// <summary>What one takes, for fetching it.</summary>
    private const int Size = 256;

    private OwnedSocket? _next;
    private SocketUser _only; // nearly all have one: it stands here, and needs no array
    private SocketUser[]? _users; // all, where there were several
    private int _count;

    internal ulong Cookie { get; private set; }

    internal ulong Namespace { get; set; }

    internal byte Protocol { get; set; }

    internal Endpoint Local { get; set; }

    internal Endpoint Remote { get; set; }

    internal bool IsIPv6 { get; set; }

    internal bool IsIPv6Only { get; set; }

    internal bool IsPassive { get; set; }

    /// <summary>Whose connections these are, before anybody was seen to use this one.</summary>
    internal OwnedSocket? Listener { get; set; }

    internal long BeganNs { get; set; }

    internal long EndedNs { get; set; }

    /// <summary>When it was last heard of.</summary>
    internal long HeardNs { get; set; }

    /// <summary>The last walk that found it with anybody.</summary>
    internal long Walk { get; set; }

    /// <summary>Under which of the table's indexes it stands.</summary>
    internal SocketPlace Place { get; set; }

    /// <summary>The hash of that place.</summary>
    internal uint Hash { get; set; }

    /// <summary>The next one in the same bucket of the index; of those with the same ends in one namespace, the newest stands there.</summary>
    internal OwnedSocket? Next
    {
        get => _next;
        set => _next = value;
    }

    /// <summary>Where it is said which one is next.</summary>
    internal ref OwnedSocket? NextPlace => ref _next;

    /// <summary>The one before it with the same ends in the same namespace.</summary>
    internal OwnedSocket? Older { get; set; }

    /// <summary>The one after it; null: it stands in the bucket.</summary>
    internal OwnedSocket? Newer { get; set; }

    /// <summary>All older ones had ended by then, so that nobody need look at them; <see cref="long.MaxValue"/>: not yet.</summary>
    internal long OlderEndedNs { get; set; }

    /// <summary>All older ones began earlier.</summary>
    internal bool BeganLast { get; set; }

    /// <summary>It stood under its port: connections and processes may remember it as their listener.</summary>
    internal bool WasAtPort { get; set; }

    /// <summary>Its neighbours in the list that it is in.</summary>
    internal OwnedSocket? Before { get; set; }

    /// <inheritdoc cref="Before"/>
    internal OwnedSocket? After { get; set; }

    internal bool HasEnded => EndedNs != long.MaxValue;

    internal bool IsConnected => Remote.Port != 0;

    internal Span<SocketUser> Users => Room[.._count];

    private Span<SocketUser> Room => _users is null ? new Span<SocketUser>(ref _only) : _users;

    /// <summary>It will be looked at soon.</summary>
    internal static void Expect(OwnedSocket? socket) => Prefetch.Object(socket, Size);

    /// <summary>Begins as a socket of which nothing is known; the room for its users is kept.</summary>
    internal void Begin(ulong cookie, ulong space, byte protocol, long beganNs)
    {
        (Cookie, Namespace, Protocol, BeganNs) = (cookie, space, protocol, beganNs);
        (EndedNs, HeardNs, Walk) = (long.MaxValue, 0, 0);
        (Local, Remote) = (default, default);
        IsIPv6 = IsIPv6Only = IsPassive = false;
    }

    /// <summary>It is no more: it refers to nobody.</summary>
    internal void Forget()
    {
        Users.Clear();
        _count = 0;
        Listener = null;
    }

    /// <summary>Notes that a process has it. What is certain stays certain.</summary>
    internal void Use(OwnerProcess process, long timeNs, long walk, bool isCertain)
    {
        var at = IndexOf(process);
        if (at >= 0)
        {
            ref var known = ref Room[at];
            known = new(process, Math.Max(known.LastUseNs, timeNs), Math.Max(known.Walk, walk), known.IsCertain || isCertain);
            return;
        }

        if (_count == MostUsers)
            RemoveAt(Oldest());
        if (_count == Room.Length)
            MakeRoom();
        Room[_count++] = new(process, timeNs, walk, isCertain);
    }

    /// <summary>After a walk: whoever neither was found with it nor used it since the walk began has it no longer.</summary>
    internal void Settle(long walk, long walkBeganNs)
    {
        for (var at = _count - 1; at >= 0; at--)
        {
            if (Room[at].Walk != walk && Room[at].LastUseNs < walkBeganNs)
                RemoveAt(at);
        }
    }

    /// <summary>A process has it no longer.</summary>
    internal void Drop(OwnerProcess process)
    {
        var at = IndexOf(process);
        if (at >= 0)
            RemoveAt(at);
    }

    private int IndexOf(OwnerProcess process)
    {
        var users = Users;
        for (var at = 0; at < users.Length; at++)
        {
            if (users[at].Process == process)
                return at;
        }

        return -1;
    }

    // Those that only may have it go first.
    private int Oldest()
    {
        var users = Users;
        var oldest = 0;
        for (var at = 1; at < users.Length; at++)
        {
            var (one, least) = (users[at], users[oldest]);
            if (one.IsCertain == least.IsCertain ? one.LastUseNs < least.LastUseNs : !one.IsCertain)
                oldest = at;
        }

        return oldest;
    }

    private void RemoveAt(int at)
    {
        _count--;
        Room[at] = Room[_count];
        Room[_count] = default;
    }

    private void MakeRoom()
    {
        var more = new SocketUser[Math.Max(4, 2 * _count)];
        Users.CopyTo(more);
        _users = more;
        _only = default;
    }
}
