namespace Rheo.Model.Connections;

/// <summary>Adds up how long a window was closed, from readings that are further apart than its opening and closing.</summary>
internal struct WindowClock
{
    private long _sinceNs;
    private long _lastClosedNs;
    private long _limitedNs;
    private long _closedNs;

    /// <summary>Whether it was closed at the last reading.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Time closed up to a moment.</summary>
    public readonly long TotalNs(long nowNs) => _closedNs + (IsClosed ? Math.Max(0, nowNs - _sinceNs) : 0);

    /// <summary>A reading.</summary>
    /// <param name="nowNs">When.</param>
    /// <param name="isClosed">Whether it is closed.</param>
    /// <param name="sinceNs">If so, since when at the earliest.</param>
    /// <param name="beforeNs">Until then it is known to have been as the reading before said; 0: there was none.</param>
    /// <param name="limitedNs">All time that it has kept the sender; it bounds what passed unseen after the last reading. Null: unknown.</param>
    public void Read(long nowNs, bool isClosed, long sinceNs, long beforeNs, long? limitedNs)
    {
        if (isClosed && !IsClosed)
            _sinceNs = Math.Min(nowNs, Math.Max(sinceNs, beforeNs));
        if (!isClosed && IsClosed)
            Open(nowNs, Math.Max(_lastClosedNs, beforeNs), limitedNs);
        if (isClosed)
            (_lastClosedNs, _limitedNs) = (nowNs, limitedNs ?? 0);
        IsClosed = isClosed;
    }

    /// <summary>The wall clock was set.</summary>
    public void ShiftTime(long byNs) => (_sinceNs, _lastClosedNs) = (Moment.Shift(_sinceNs, byNs), Moment.Shift(_lastClosedNs, byNs));

    // It opened somewhere after: where the kernel counted, it is known when, else it is the middle.
    private void Open(long nowNs, long closedUntilNs, long? limitedNs)
    {
        var between = Math.Max(0, nowNs - closedUntilNs);
        var limitedThen = _limitedNs + (closedUntilNs - _lastClosedNs);
        var rest = limitedNs is { } limited ? Math.Clamp(limited - limitedThen, 0, between) : between / 2;
        _closedNs += Math.Max(0, closedUntilNs - _sinceNs) + rest;
    }
}
