namespace Rheo.Capture;

/// <summary>
/// Which walks over the connections are to tell of all of them, so that those whose end was not told are noticed: the first one, one after
/// moments were lost, and two in a row now and then where the kernel has left a change of state out.
/// </summary>
/// <remarks>
/// It leaves out what an interrupt brings while the same program runs on that CPU: some in a hundred thousand (3 of 38,000 in a measured hour),
/// on a busy host one each second. A walk over a table that changes may pass by one that lives, so two in a row must not have found it.
/// </remarks>
internal sealed class FullWalks
{
    /// <summary>All of 100,000 sockets are told in some 200 ms, which is not to happen with every such change.</summary>
    internal static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    private const int Certain = 1, Doubtful = 2;

    private ulong _lost;
    private ulong _missed;
    private TimeSpan _answeredAt = -Rest;
    private int _asked = Certain;
    private int _left = Certain;

    /// <summary>The next walk tells of all.</summary>
    internal bool IsDue => _left > 0;

    /// <summary>The next walk is to tell of all.</summary>
    internal void Ask() => Ask(Certain);

    /// <summary>What the kernel has counted before a walk.</summary>
    /// <param name="lost">Moments for which there was no room.</param>
    /// <param name="missed">Changes of state that it left out.</param>
    /// <param name="now">By any clock that goes evenly.</param>
    internal void Hear(ulong lost, ulong missed, TimeSpan now)
    {
        if (lost != _lost)
            Ask(Certain);
        _lost = lost;
        if (missed == _missed || now - _answeredAt < Rest)
            return;
        (_missed, _answeredAt) = (missed, now);
        Ask(Doubtful);
    }

    /// <summary>A walk that was due is over. Returns by how many walks one that lives was found at least; 0: that is not known yet.</summary>
    internal int Done()
    {
        if (--_left > 0)
            return 0;
        var walks = _asked;
        _asked = Certain;
        return walks;
    }

    private void Ask(int walks)
    {
        if (walks > _left)
            _left = walks;
        if (walks > _asked)
            _asked = walks;
    }
}
