namespace Rheo.Model.Owners;

/// <summary>
/// Finds the sockets that a packet may belong to. Buckets of chains through the sockets themselves, the newest first: a look-up touches
/// the bucket and those that it finds, and adding allocates nothing but what the index grows by.
/// </summary>
internal sealed class SocketIndex
{
    // Nobody can aim at a bucket.
    private static readonly TupleHash Hash = new(Random.Shared);

    private readonly DelayLine<uint> _expected = new();
    private OwnedSocket?[] _buckets = new OwnedSocket?[1024];
    private int _count;

    /// <summary>
    /// The newest of those with these ends, in one of the namespaces where there are such; the others by <see cref="NextAtTuple"/>, and
    /// the older ones by <see cref="OwnedSocket.Older"/>.
    /// </summary>
    internal OwnedSocket? AtTuple(byte protocol, in Endpoint local, in Endpoint remote)
    {
        var hash = HashOf(protocol, in local, in remote);
        for (var at = Bucket(hash); at is not null; at = at.Next)
        {
            if (at.Hash == hash && IsAtTuple(at, protocol, in local, in remote))
                return at;
        }

        return null;
    }

    /// <summary>These ends will be looked for soon: the bucket is fetched, and later what stands there. From any thread.</summary>
    internal void Expect(byte protocol, in Endpoint local, in Endpoint remote)
    {
        var hash = HashOf(protocol, in local, in remote);
        var buckets = _buckets;
        Prefetch.Line(ref buckets[hash & (uint)(buckets.Length - 1)]);
        OwnedSocket.Expect(buckets[_expected.Turn(hash) & (uint)(buckets.Length - 1)]);
    }

    /// <summary>This one will be removed soon.</summary>
    internal void ExpectRemoval(OwnedSocket socket) => Prefetch.Line(ref Bucket(socket.Hash));

    /// <summary>The newest with the same ends in another namespace; null: that was the last.</summary>
    internal static OwnedSocket? NextAtTuple(OwnedSocket socket)
    {
        for (var at = socket.Next; at is not null; at = at.Next)
        {
            if (at.Hash == socket.Hash && IsAtTuple(at, socket.Protocol, socket.Local, socket.Remote))
                return at;
        }

        return null;
    }

    /// <summary>The newest of those at a port that are not connected; the others by <see cref="NextAtPort"/>.</summary>
    internal OwnedSocket? AtPort(byte protocol, ushort port)
    {
        var hash = HashOf(protocol, port);
        for (var at = Bucket(hash); at is not null; at = at.Next)
        {
            if (at.Hash == hash && IsAtPort(at, protocol, port))
                return at;
        }

        return null;
    }

    /// <summary>The next one at the same port; null: that was the last.</summary>
    internal static OwnedSocket? NextAtPort(OwnedSocket socket)
    {
        for (var at = socket.Next; at is not null; at = at.Next)
        {
            if (at.Hash == socket.Hash && IsAtPort(at, socket.Protocol, socket.Local.Port))
                return at;
        }

        return null;
    }

    /// <summary>Puts a socket where its addresses say.</summary>
    internal void Add(OwnedSocket socket)
    {
        if (socket.Local.Port == 0)
            return;
        socket.Place = socket.IsConnected ? SocketPlace.Tuple : SocketPlace.Port;
        socket.WasAtPort |= socket.Place == SocketPlace.Port;
        socket.Hash = socket.IsConnected
            ? HashOf(socket.Protocol, socket.Local, socket.Remote)
            : HashOf(socket.Protocol, socket.Local.Port);
        socket.BeganLast = true;
        if (socket.Place == SocketPlace.Tuple && Former(socket) is { } former)
        {
            PutBefore(former, socket);
            return;
        }

        if (2 * ++_count > _buckets.Length)
            Grow();
        Put(socket);
    }

    /// <summary>When it ended is known by now, or not any more.</summary>
    internal static void NoteEnd(OwnedSocket socket)
    {
        for (var at = socket; at.Newer is { } newer; at = newer)
            newer.OlderEndedNs = LastEnd(at);
    }

    // Of this one and all before it.
    private static long LastEnd(OwnedSocket socket) => socket.Older is null ? socket.EndedNs : Math.Max(socket.EndedNs, socket.OlderEndedNs);

    /// <summary>Takes a socket away.</summary>
    internal void Remove(OwnedSocket socket)
    {
        if (socket.Place == SocketPlace.Nowhere)
            return;
        if (socket.Older is { } older)
            older.Newer = socket.Newer;
        if (socket.Newer is { } newer)
            newer.Older = socket.Older;
        else if (socket.Older is { } next)
            Replace(socket, next);
        else
            TakeOut(socket);
        socket.Place = SocketPlace.Nowhere;
        (socket.Next, socket.Older, socket.Newer) = (null, null, null);
    }

    // The same ends in the same namespace: a connection that was before.
    private OwnedSocket? Former(OwnedSocket socket)
    {
        var at = AtTuple(socket.Protocol, socket.Local, socket.Remote);
        while (at is not null && at.Namespace != socket.Namespace)
            at = NextAtTuple(at);
        return at;
    }

    private void PutBefore(OwnedSocket former, OwnedSocket socket)
    {
        socket.BeganLast = former.BeganLast && former.BeganNs < socket.BeganNs;
        socket.OlderEndedNs = LastEnd(former);
        Replace(former, socket);
        socket.Older = former;
        former.Newer = socket;
        former.Next = null;
    }

    private void Replace(OwnedSocket socket, OwnedSocket by)
    {
        Place(socket) = by;
        by.Next = socket.Next;
    }

    private void TakeOut(OwnedSocket socket)
    {
        Place(socket) = socket.Next;
        _count--;
    }

    // What refers to a socket that stands in a bucket.
    private ref OwnedSocket? Place(OwnedSocket socket)
    {
        ref var place = ref Bucket(socket.Hash);
        while (place != socket)
            place = ref place!.NextPlace;
        return ref place;
    }

    private ref OwnedSocket? Bucket(uint hash) => ref _buckets[hash & (uint)(_buckets.Length - 1)];

    private void Put(OwnedSocket socket)
    {
        ref var first = ref Bucket(socket.Hash);
        socket.Next = first;
        first = socket;
    }

    private void Grow()
    {
        var old = _buckets;
        _buckets = new OwnedSocket?[2 * old.Length];
        foreach (var first in old)
        {
            for (OwnedSocket? at = OldestFirst(first), next; at is not null; at = next)
            {
                next = at.Next;
                Put(at);
            }
        }
    }

    private static OwnedSocket? OldestFirst(OwnedSocket? newest)
    {
        OwnedSocket? oldest = null;
        for (OwnedSocket? at = newest, next; at is not null; at = next)
        {
            next = at.Next;
            at.Next = oldest;
            oldest = at;
        }

        return oldest;
    }

    private static bool IsAtTuple(OwnedSocket socket, byte protocol, in Endpoint local, in Endpoint remote) =>
        socket.Place == SocketPlace.Tuple && socket.Protocol == protocol && socket.Local == local && socket.Remote == remote;

    private static bool IsAtPort(OwnedSocket socket, byte protocol, ushort port) =>
        socket.Place == SocketPlace.Port && socket.Protocol == protocol && socket.Local.Port == port;

    private static uint HashOf(byte protocol, in Endpoint local, in Endpoint remote) => Hash.Of(
        local.Address.RawFirst, local.Address.RawLast, remote.Address.RawFirst, remote.Address.RawLast,
        local.Port | ((ulong)remote.Port << 16) | ((ulong)protocol << 32), 1);

    private static uint HashOf(byte protocol, ushort port) => Hash.Of(0, 0, 0, 0, port | ((ulong)protocol << 32), 0);
}
