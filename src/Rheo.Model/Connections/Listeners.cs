namespace Rheo.Model.Connections;

/// <summary>The listening sockets of all network namespaces, found by what connections are for.</summary>
internal sealed class Listeners(int most)
{
    /// <summary>A walk over a table that changes meanwhile may pass by one that lives.</summary>
    private const int WalksUntilGone = 3;

    private readonly List<ulong> _gone = [];
    private readonly Dictionary<ulong, ListenQueue> _queues = [];
    private readonly Dictionary<ushort, List<ListenQueue>> _ports = [];

    public IReadOnlyCollection<ListenQueue> All => _queues.Values;

    /// <summary>Some of them are full, or let somebody go a short while ago: only then does it matter whose connection is for which.</summary>
    public bool IsAnyPressed { get; private set; }

    /// <summary>A walk is over, each of which reads all listeners. Those that several in a row have not found are no more, and nobody told of their end.</summary>
    public void EndWalk(long walk)
    {
        IsAnyPressed = false;
        foreach (var (cookie, queue) in _queues)
        {
            if (queue.Walk <= walk - WalksUntilGone)
                _gone.Add(cookie);
            else
                IsAnyPressed |= queue.IsPressed;
        }

        _gone.ForEach(End);
        _gone.Clear();
    }

    public void Read(ListenQueue queue)
    {
        if (_queues.TryGetValue(queue.Cookie, out var before))
        {
            queue = queue with { DroppedNs = queue.Drops != before.Drops ? queue.TimeNs : before.DroppedNs };
            _ports[before.Local.Port].Remove(before);
        }
        else if (_queues.Count >= most)
        {
            return;
        }

        IsAnyPressed |= queue.IsPressed;
        Put(queue);
    }

    /// <summary>The wall clock was set.</summary>
    public void ShiftTime(long byNs)
    {
        foreach (var before in _queues.Values.ToArray())
        {
            _ports[before.Local.Port].Remove(before);
            Put(before with { TimeNs = Moment.Shift(before.TimeNs, byNs), DroppedNs = Moment.Shift(before.DroppedNs, byNs) });
        }
    }

    public void End(ulong cookie)
    {
        if (!_queues.Remove(cookie, out var queue))
            return;
        var port = _ports[queue.Local.Port];
        port.Remove(queue);
        if (port.Count == 0)
            _ports.Remove(queue.Local.Port);
    }

    /// <summary>The listener at an endpoint of a namespace: one bound to the address goes before one on any address.</summary>
    public ListenQueue? At(uint space, Endpoint at)
    {
        ListenQueue? found = null;
        foreach (var queue in _ports.GetValueOrDefault(at.Port) ?? [])
        {
            if (queue.Namespace != space)
                continue;
            if (queue.Local.Address == at.Address)
                return queue;
            if (IsAny(queue.Local.Address))
                found = queue;
        }

        return found;
    }

    public static bool IsAny(Address address) => address == Address.Any || (address.IsIPv4 && address.IPv4 == 0);

    private void Put(ListenQueue queue)
    {
        _queues[queue.Cookie] = queue;
        if (!_ports.TryGetValue(queue.Local.Port, out var port))
            _ports[queue.Local.Port] = port = [];
        port.Add(queue);
    }
}
