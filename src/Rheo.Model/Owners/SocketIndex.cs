using System.Numerics;
using Rheo.Model.Table;

namespace Rheo.Model.Owners;

/// <summary>
/// Finds the sockets that a packet may belong to. Buckets of chains through the sockets themselves, the newest first: a look-up touches
/// the bucket and those that it finds, and adding allocates nothing but what the index grows by.
/// </summary>
internal sealed class SocketIndex(Pool<OwnedSocket> sockets)
{
    private const int None = OwnedSocket.None;
    private const int LeastBuckets = 1024;

    // Nobody can aim at a bucket.
    private static readonly TupleHash Hash = new(Random.Shared);

    private readonly DelayLine<uint> _expected = new();
    private int[] _buckets = new int[LeastBuckets]; // one in four is taken: a neighbour is one more line of memory to wait for
    private int _count;

    /// <summary>
    /// The newest of those with these ends, in one of the namespaces where there are such; the others by <see cref="NextAtTuple"/>, and
    /// the older ones by <see cref="OwnedSocket.Older"/>.
    /// </summary>
    internal int AtTuple(byte protocol, in Endpoint local, in Endpoint remote)
    {
        var hash = HashOf(protocol, in local, in remote);
        return AtTuple(Bucket(hash), hash, protocol, in local, in remote);
    }

    /// <summary>These ends will be looked for soon: the bucket is fetched, and later what stands there. From any thread.</summary>
    internal void Expect(byte protocol, in Endpoint local, in Endpoint remote)
    {
        var hash = HashOf(protocol, in local, in remote);
        var buckets = _buckets;
        Prefetch.Line(ref buckets[hash & (uint)(buckets.Length - 1)]);
        sockets.Expect(buckets[_expected.Turn(hash) & (uint)(buckets.Length - 1)]);
    }

    /// <summary>This one will be removed soon.</summary>
    internal void ExpectRemoval(int index) => Prefetch.Line(ref Bucket(sockets[index].Hash));

    /// <summary>The newest with the same ends in another namespace; none: that was the last.</summary>
    internal int NextAtTuple(int index)
    {
        ref readonly var socket = ref sockets[index];
        return AtTuple(socket.Next, socket.Hash, socket.Protocol, in socket.Local, in socket.Remote);
    }

    /// <summary>The newest of those at a port that are not connected; the others by <see cref="NextAtPort"/>.</summary>
    internal int AtPort(byte protocol, ushort port)
    {
        var hash = HashOf(protocol, port);
        return AtPort(Bucket(hash), hash, protocol, port);
    }

    /// <summary>The next one at the same port; none: that was the last.</summary>
    internal int NextAtPort(int index)
    {
        ref readonly var socket = ref sockets[index];
        return AtPort(socket.Next, socket.Hash, socket.Protocol, socket.Local.Port);
    }

    /// <summary>Puts a socket where its addresses say.</summary>
    internal void Add(int index)
    {
        ref var socket = ref sockets[index];
        if (socket.Local.Port == 0)
            return;
        socket.Place = socket.IsConnected ? SocketPlace.Tuple : SocketPlace.Port;
        socket.Hash = socket.IsConnected
            ? HashOf(socket.Protocol, socket.Local, socket.Remote)
            : HashOf(socket.Protocol, socket.Local.Port);
        socket.BeganLast = true;
        if (socket.Place == SocketPlace.Tuple && Former(in socket) is not None and var former)
        {
            PutBefore(former, index);
            return;
        }

        if (4 * ++_count > _buckets.Length)
            Resize(2 * _buckets.Length);
        Put(index);
    }

    /// <summary>When it ended is known by now, or not any more.</summary>
    internal void NoteEnd(int index)
    {
        for (var at = index; sockets[at].Newer is not None and var newer; at = newer)
            sockets[newer].OlderEndedNs = LastEnd(at);
    }

    // Of this one and all before it.
    private long LastEnd(int index)
    {
        ref readonly var socket = ref sockets[index];
        return socket.Older == None ? socket.EndedNs : Math.Max(socket.EndedNs, socket.OlderEndedNs);
    }

    /// <summary>Keeps room for so many, no fewer than there are, and gives back the rest.</summary>
    internal void Shrink(int enough)
    {
        var buckets = Math.Max(LeastBuckets, (int)BitOperations.RoundUpToPowerOf2((uint)(4 * enough)));
        if (buckets < _buckets.Length)
            Resize(buckets);
    }

    /// <summary>Takes a socket away.</summary>
    internal void Remove(int index)
    {
        ref var socket = ref sockets[index];
        if (socket.Place == SocketPlace.Nowhere)
            return;
        if (socket.Older != None)
            sockets[socket.Older].Newer = socket.Newer;
        if (socket.Newer != None)
            sockets[socket.Newer].Older = socket.Older;
        else if (socket.Older != None)
            Replace(index, socket.Older);
        else
            TakeOut(index);
        socket.Place = SocketPlace.Nowhere;
        (socket.Next, socket.Older, socket.Newer) = (None, None, None);
    }

    // The same ends in the same namespace: a connection that was before.
    private int Former(ref readonly OwnedSocket socket)
    {
        var at = AtTuple(Bucket(socket.Hash), socket.Hash, socket.Protocol, in socket.Local, in socket.Remote);
        while (at != None && sockets[at].Namespace != socket.Namespace)
            at = NextAtTuple(at);
        return at;
    }

    private void PutBefore(int formerIndex, int index)
    {
        ref var former = ref sockets[formerIndex];
        ref var socket = ref sockets[index];
        socket.BeganLast = former.BeganLast && former.BeganNs < socket.BeganNs;
        socket.OlderEndedNs = LastEnd(formerIndex);
        Replace(formerIndex, index);
        socket.Older = formerIndex;
        former.Newer = index;
        former.Next = None;
    }

    private void Replace(int index, int by)
    {
        Place(index) = by;
        sockets[by].Next = sockets[index].Next;
    }

    private void TakeOut(int index)
    {
        Place(index) = sockets[index].Next;
        _count--;
    }

    // What refers to a socket that stands in a bucket.
    private ref int Place(int index)
    {
        ref var place = ref Bucket(sockets[index].Hash);
        while (place != index)
            place = ref sockets[place].Next;
        return ref place;
    }

    private ref int Bucket(uint hash) => ref _buckets[hash & (uint)(_buckets.Length - 1)];

    private void Put(int index)
    {
        ref var socket = ref sockets[index];
        ref var first = ref Bucket(socket.Hash);
        socket.Next = first;
        first = index;
    }

    private void Resize(int buckets)
    {
        var old = _buckets;
        _buckets = new int[buckets];
        foreach (var first in old)
        {
            for (int at = OldestFirst(first), next; at != None; at = next)
            {
                next = sockets[at].Next;
                Put(at);
            }
        }
    }

    private int OldestFirst(int newest)
    {
        var oldest = None;
        for (int at = newest, next; at != None; at = next)
        {
            next = sockets[at].Next;
            sockets[at].Next = oldest;
            oldest = at;
        }

        return oldest;
    }

    private int AtTuple(int at, uint hash, byte protocol, in Endpoint local, in Endpoint remote)
    {
        for (; at != None; at = sockets[at].Next)
        {
            ref readonly var socket = ref sockets[at];
            if (socket.Hash == hash && socket.Place == SocketPlace.Tuple && socket.Protocol == protocol && socket.Local == local && socket.Remote == remote)
                return at;
        }

        return None;
    }

    private int AtPort(int at, uint hash, byte protocol, ushort port)
    {
        for (; at != None; at = sockets[at].Next)
        {
            ref readonly var socket = ref sockets[at];
            if (socket.Hash == hash && socket.Place == SocketPlace.Port && socket.Protocol == protocol && socket.Local.Port == port)
                return at;
        }

        return None;
    }

    private static uint HashOf(byte protocol, in Endpoint local, in Endpoint remote) => Hash.Of(
        local.Address.RawFirst, local.Address.RawLast, remote.Address.RawFirst, remote.Address.RawLast,
        local.Port | ((ulong)remote.Port << 16) | ((ulong)protocol << 32), 1);

    private static uint HashOf(byte protocol, ushort port) => Hash.Of(0, 0, 0, 0, port | ((ulong)protocol << 32), 0);
}
