namespace Rheo.Model.Connections;

/// <summary>The listening sockets of all network namespaces, found by what connections are for.</summary>
internal sealed class Listeners(int most)
{
    private readonly Dictionary<ulong, ListenQueue> _queues = [];
    private readonly Dictionary<ushort, List<ListenQueue>> _ports = [];

    public IReadOnlyCollection<ListenQueue> All => _queues.Values;

    /// <summary>Some of them are full, or let somebody go a short while ago: only then does it matter whose connection is for which.</summary>
    public bool IsAnyPressed { get; private set; }

    /// <summary>A walk is over: all were read.</summary>
    public void Judge() => IsAnyPressed = _queues.Values.Any(queue => queue.IsPressed);

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

        _queues[queue.Cookie] = queue;
        IsAnyPressed |= queue.IsPressed;
        if (!_ports.TryGetValue(queue.Local.Port, out var port))
            _ports[queue.Local.Port] = port = [];
        port.Add(queue);
    }

    /// <summary>Those that no walk after this one has read are no more, and nobody told of their end.</summary>
    public void EndUnread(long walk)
    {
        foreach (var queue in _queues.Values.Where(queue => queue.Walk <= walk).ToList())
            End(queue.Cookie);
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
}
