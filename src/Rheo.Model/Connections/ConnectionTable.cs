namespace Rheo.Model.Connections;

/// <summary>The TCP connections of this machine's sockets: those that live, and for a short while those that ended. Threads: one.</summary>
/// <remarks>Memory: about 0.6 KB a connection, at most <see cref="ConnectionTableOptions.MaxConnections"/>, and as much again for those that ended.</remarks>
public sealed partial class ConnectionTable(ConnectionTableOptions options)
{
    private readonly Dictionary<ulong, ConnectionEntry> _live = [];
    private readonly Queue<ConnectionEntry> _ended = [];
    private readonly Listeners _listeners = new(options.MaxListeners);
    private readonly ConnectionTimes _times = new();
    private readonly List<ulong> _gone = [];
    private readonly Stack<ConnectionEntry> _spare = []; // used again: a busy host makes thousands a second
    private long _walk;
    private long _walkNs;
    private long _walkBeforeNs;
    private ulong _untold;

    /// <summary>Connections that live.</summary>
    public int Count => _live.Count;

    /// <summary>A window is closed somewhere: who wants to know how long, looks often.</summary>
    public bool IsAnyWindowClosed { get; private set; }

    /// <summary>What the kernel has counted of all.</summary>
    public ConnectionTotals Totals { get; set; } = ConnectionTotals.None;

    /// <summary>What is seen of duplicate acknowledgements; null: nobody looks at packets.</summary>
    public DuplicateAcks? Acks { get; set; }

    /// <summary>Connections that live and are remembered; what is beyond is counted, and not shown.</summary>
    public int MaxConnections { get; set; } = options.MaxConnections;

    /// <summary>Is told of each connection that is seen first.</summary>
    public Action<Connection>? Opened { get; set; }

    /// <summary>Is told of each connection that ended.</summary>
    public Action<Connection>? Ended { get; set; }

    /// <summary>A reading of this connection comes after some others: what is known of it is fetched meanwhile.</summary>
    /// <param name="cookie">Its socket's cookie.</param>
    public void Expect(ulong cookie)
    {
        if (_live.TryGetValue(cookie, out var entry) || _spare.TryPeek(out entry))
            ConnectionEntry.Expect(entry);
    }

    /// <summary>A reading of a connection that lives.</summary>
    public void Read(in ConnectionFigures figures)
    {
        if (Place(in figures) is not { } entry)
            return;
        entry.Walk = _walk;
        IsAnyWindowClosed |= entry.IsAnyWindowClosed;
        CountConnect(entry);
        if (entry.HasMoved && figures.RttNs > 0)
            _times.Rtt.Add(figures.RttNs);
    }

    /// <summary>The last reading of a connection: it is over.</summary>
    public void End(in ConnectionFigures figures)
    {
        if (_live.Remove(figures.Cookie, out var entry))
            entry.Add(in figures, Math.Min(_walkBeforeNs, figures.TimeNs));
        else
            entry = Begin(in figures);
        CountConnect(entry);
        if (figures.OpenedNs > 0)
            _times.Lifetime.Add(Math.Max(0, figures.TimeNs - figures.OpenedNs));
        if (figures.RttNs > 0)
            _times.Rtt.Add(figures.RttNs);
        entry.DuplicateAcks = Acks?.Of(in figures);
        Keep(entry);
    }

    /// <summary>A reading of a listener.</summary>
    public void Read(ListenQueue queue) => _listeners.Read(queue with { Walk = _walk });

    /// <summary>A listener is no more.</summary>
    public void EndListener(ulong cookie) => _listeners.End(cookie);

    /// <summary>A walk begins that tells all that moved; a full one tells all there is.</summary>
    public void BeginWalk(long nowNs)
    {
        _walk++;
        (_walkBeforeNs, _walkNs) = (_walkNs, nowNs);
        IsAnyWindowClosed = false;
    }

    /// <summary>A walk is over.</summary>
    public void EndWalk() => _listeners.EndWalk(_walk);

    /// <summary>A full walk is over: what it did not find is no more, and its end was not told.</summary>
    /// <param name="nowNs">The time.</param>
    /// <param name="walks">So many in a row were full: only what none of them found is no more.</param>
    public void EndFullWalk(long nowNs, int walks = 1)
    {
        foreach (var (cookie, entry) in _live)
        {
            if (entry.Walk <= _walk - walks)
                _gone.Add(cookie);
        }

        foreach (var cookie in _gone)
        {
            _live.Remove(cookie, out var entry);
            entry!.Lose(nowNs);
            Keep(entry);
        }

        _gone.Clear();
    }

    /// <summary>Lets go of what ended long enough ago.</summary>
    public void Age(long nowNs)
    {
        while (_ended.TryPeek(out var oldest) && nowNs - oldest.Figures.TimeNs > options.KeepEndedNs)
            LetGo(_ended.Dequeue());
    }

    private ConnectionEntry Begin(in ConnectionFigures figures)
    {
        var entry = _spare.TryPop(out var spare) ? spare : new ConnectionEntry();
        entry.Begin(in figures);
        return entry;
    }

    private void LetGo(ConnectionEntry entry)
    {
        if (_spare.Count < options.MaxEnded)
            _spare.Push(entry);
    }

    private ConnectionEntry? Place(in ConnectionFigures figures)
    {
        if (_live.TryGetValue(figures.Cookie, out var entry))
        {
            entry.Add(in figures, Math.Min(_walkBeforeNs, figures.TimeNs));
            return entry;
        }

        if (_live.Count >= MaxConnections)
        {
            _untold++;
            return null;
        }

        entry = Begin(in figures);
        _live.Add(figures.Cookie, entry);
        Opened?.Invoke(View(entry, figures.TimeNs, null, null));
        return entry;
    }

    private void Keep(ConnectionEntry entry)
    {
        Ended?.Invoke(View(entry, entry.Figures.TimeNs, null, null));
        _ended.Enqueue(entry);
        if (_ended.Count > options.MaxEnded)
            LetGo(_ended.Dequeue());
    }

    private void CountConnect(ConnectionEntry entry)
    {
        ref readonly var figures = ref entry.Figures;
        if (entry.IsConnectCounted || figures.Role != ConnectionRole.Client || figures.OpenedNs <= 0 || figures.EstablishedNs <= 0)
            return;
        entry.IsConnectCounted = true;
        _times.Connect.Add(figures.EstablishedNs - figures.OpenedNs);
    }
}
