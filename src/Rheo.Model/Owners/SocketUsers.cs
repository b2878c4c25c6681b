namespace Rheo.Model.Owners;

/// <summary>
/// The processes that use a socket, where there are several, or where others refer to them: connections to whoever listens where they came in,
/// processes to where they listen.
/// </summary>
internal sealed class SocketUsers
{
    /// <summary>32: of a socket that more processes share, those that used it last.</summary>
    private const int Most = 32;

    /// <summary>Those of whom nobody can be named: several that share a port may be meant.</summary>
    internal static readonly SocketUsers Nobody = new();

    private SocketUser[] _users = new SocketUser[4];
    private int _count;

    /// <summary>Their socket has ended.</summary>
    internal bool HasEnded { get; set; }

    /// <summary>Their socket stands under its port: it is not connected.</summary>
    internal bool IsAtPort { get; set; }

    internal ReadOnlySpan<SocketUser> All => _users.AsSpan(0, _count);

    internal void Add(in SocketUser user)
    {
        if (_count == Most)
            LetGo(Oldest());
        if (_count == _users.Length)
            Array.Resize(ref _users, 2 * _count);
        _users[_count++] = user;
    }

    /// <inheritdoc cref="OwnedSocket.Use"/>
    internal void Use(OwnerProcess process, long timeNs, long walk, bool isCertain)
    {
        var at = IndexOf(process);
        if (at >= 0)
            _users[at] = _users[at].Again(timeNs, walk, isCertain);
        else
            Add(new SocketUser(process, timeNs, walk, isCertain));
    }

    /// <inheritdoc cref="OwnedSocket.Settle"/>
    internal void Settle(long walk, long walkBeganNs)
    {
        for (var at = _count - 1; at >= 0; at--)
        {
            if (_users[at].IsGone(walk, walkBeganNs))
                LetGo(at);
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

    // Its children do not inherit it any more.
    private void LetGo(int at)
    {
        _users[at].Process.Listening.Remove(this);
        RemoveAt(at);
    }

    private void RemoveAt(int at)
    {
        _count--;
        _users[at] = _users[_count];
        _users[_count] = default;
    }
}
