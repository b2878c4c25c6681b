namespace Rheo.Model.Owners;

/// <summary>A socket in the table, with those who use it.</summary>
internal sealed class OwnedSocket(ulong cookie)
{
    /// <summary>32: of a socket that more processes share, those that used it last.</summary>
    private const int MostUsers = 32;

    private static readonly SocketUser[] Nobody = [];

    private SocketUser[] _users = Nobody;
    private int _count;

    internal ulong Cookie { get; } = cookie;

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

    internal long EndedNs { get; set; } = long.MaxValue;

    /// <summary>When it was last heard of.</summary>
    internal long HeardNs { get; set; }

    /// <summary>The last walk that found it with anybody.</summary>
    internal long Walk { get; set; }

    /// <summary>Under which of the table's indexes it stands.</summary>
    internal SocketPlace Place { get; set; }

    /// <summary>The next one at the same place of an index.</summary>
    internal OwnedSocket? Next { get; set; }

    /// <summary>The table has let go of it.</summary>
    internal bool IsGone { get; set; }

    internal bool HasEnded => EndedNs != long.MaxValue;

    internal bool IsConnected => Remote.Port != 0;

    internal ReadOnlySpan<SocketUser> Users => _users.AsSpan(0, _count);

    /// <summary>Notes that a process has it. What is certain stays certain.</summary>
    internal void Use(OwnerProcess process, long timeNs, long walk, bool isCertain)
    {
        var at = IndexOf(process);
        if (at >= 0)
        {
            var before = _users[at];
            _users[at] = new(process, Math.Max(before.LastUseNs, timeNs), Math.Max(before.Walk, walk), before.IsCertain || isCertain);
            return;
        }

        if (_count == MostUsers)
            RemoveAt(Oldest());
        if (_count == _users.Length)
            Array.Resize(ref _users, Math.Max(1, _count * 2));
        _users[_count++] = new(process, timeNs, walk, isCertain);
    }

    /// <summary>After a walk: whoever neither was found with it nor used it since the walk began has it no longer.</summary>
    internal void Settle(long walk, long walkBeganNs)
    {
        for (var at = _count - 1; at >= 0; at--)
        {
            if (_users[at].Walk != walk && _users[at].LastUseNs < walkBeganNs)
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
        for (var at = 0; at < _count; at++)
        {
            if (_users[at].Process == process)
                return at;
        }

        return -1;
    }

    // Those that only may have it go first.
    private int Oldest()
    {
        var oldest = 0;
        for (var at = 1; at < _count; at++)
        {
            var (one, least) = (_users[at], _users[oldest]);
            if (one.IsCertain == least.IsCertain ? one.LastUseNs < least.LastUseNs : !one.IsCertain)
                oldest = at;
        }

        return oldest;
    }

    private void RemoveAt(int at)
    {
        _count--;
        _users[at] = _users[_count];
        _users[_count] = default;
    }
}
