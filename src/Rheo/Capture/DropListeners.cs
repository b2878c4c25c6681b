using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Rheo.Bpf;
using Rheo.Model;
using Rheo.Model.Drops;
using Rheo.Model.Owners;

namespace Rheo.Capture;

/// <summary>
/// What listeners refused since their accept queue was full, of all processes and namespaces: SYNs that the kernel takes for consumed, so
/// that no drop is told. Threads: one. Cost: a walk takes some 0.2 µs a descriptor, and at most a hundredth of a core.
/// </summary>
internal sealed class DropListeners
{
    internal const string Reason = "TCP_LISTEN_OVERFLOW";

    private const string Place = "tcp_conn_request";
    private const ushort IPv4 = 0x0800, IPv6 = 0x86dd;

    /// <summary>Two minutes and a half: one that so many walks have not found is gone. Should it be found after all, it would be counted again.</summary>
    private const int WalksUntilGone = 30;

    /// <summary>Listeners that are gone and had refused something; of older ones only the sum is left.</summary>
    private const int MostPast = 256;

    private static readonly TimeSpan LeastRest = TimeSpan.FromSeconds(5); // who asks for the drops walks first

    /// <summary>So long, where nothing was dropped and no listener refused anything since the last walk: a host at rest walks twice a minute.</summary>
    private static readonly TimeSpan QuietRest = TimeSpan.FromSeconds(30);

    private readonly IteratorLink? _link;
    private readonly byte[] _chunk = new byte[16 * 1024];
    private readonly Dictionary<ulong, Listener> _listeners = [];
    private readonly Queue<Listener> _past = new();
    private readonly bool _isFirst;
    private IReadOnlyList<DropTotal> _totals = [];
    private bool _hasNews;
    private (ulong Packets, long LastNs) _forgotten;
    private readonly WalkPace _pace = new(LeastRest, QuietRest);
    private bool _refusedLately;
    private long _walk;

    internal DropListeners(HandedObject handed)
    {
        if (handed.Descriptors.TryGetValue(DropHooks.Listeners, out var descriptor))
            _link = IteratorLink.FromDescriptor(descriptor, "listeners");
        _isFirst = true;
        Walk(0);
        _isFirst = false;
    }

    /// <summary>A walk has found that one refused more than <see cref="Totals"/> has told.</summary>
    internal bool HasNews => _hasNews;

    /// <summary>Asks all listeners, unless it was done just now.</summary>
    /// <param name="nowNs">The time, Unix ns.</param>
    /// <param name="isQuiet">Nothing else was dropped lately: it may wait.</param>
    internal void WalkWhenDue(long nowNs, bool isQuiet)
    {
        if (_pace.IsDue(isQuiet && !_refusedLately))
            Walk(nowNs);
    }

    /// <summary>Asks all listeners.</summary>
    internal void Walk(long nowNs)
    {
        if (_link is null)
            return;
        var began = Stopwatch.GetTimestamp();
        _walk++;
        _refusedLately = false;
        using (var stream = _link.Open())
            Read(stream, nowNs);
        LetGo();
        _pace.Done(Stopwatch.GetElapsedTime(began));
    }

    /// <summary>What they refused since we began to look. Cost: nothing unless a walk has found that one refused more.</summary>
    /// <param name="flowsOf">What else was dropped at these sockets, which they count, too.</param>
    /// <param name="namer">Names the reasons of that.</param>
    internal IReadOnlyList<DropTotal> Totals(Func<IReadOnlySet<ulong>, IReadOnlyList<(DropFlow Key, DropCounts Counts)>> flowsOf, DropNamer namer)
    {
        if (_hasNews)
            _totals = Compute(flowsOf, namer);
        _hasNews = false;
        return _totals;
    }

    private List<DropTotal> Compute(Func<IReadOnlySet<ulong>, IReadOnlyList<(DropFlow Key, DropCounts Counts)>> flowsOf, DropNamer namer)
    {
        var some = _past.Concat(_listeners.Values.Where(listener => listener.Refused > 0)).ToList();
        var told = flowsOf(some.Select(listener => listener.Cookie).ToHashSet()).ToLookup(flow => flow.Key.Socket);
        var totals = some.Select(listener => listener.Total(told[listener.Cookie].Aggregate(0L, (sum, flow) => sum + Weight(flow.Key, flow.Counts, namer))))
            .Where(total => total.Packets > 0).ToList();
        if (_forgotten.Packets > 0)
            totals.Add(new DropTotal(Reason, Place, 0, 0, IPv4, new DroppedFlow(default, default, Transport.Tcp, 0), _forgotten.Packets, 0, _forgotten.LastNs));
        return totals;
    }

    // Servers come and go for months.
    private void LetGo()
    {
        foreach (var (cookie, listener) in _listeners)
        {
            if (_walk - listener.Walk < WalksUntilGone)
                continue;
            _listeners.Remove(cookie);
            if (listener.Refused > 0)
                _past.Enqueue(listener);
        }

        while (_past.Count > MostPast)
        {
            var oldest = _past.Dequeue();
            _forgotten = (_forgotten.Packets + oldest.Told, Math.Max(_forgotten.LastNs, oldest.LastNs));
            _hasNews = true;
        }
    }

    // A handshake's last packet that finds the queue full is counted twice by the socket, once as refused and once as dropped.
    private static long Weight(in DropFlow flow, in DropCounts counts, DropNamer namer) =>
        (long)counts.Packets * (namer.Total(flow.Place, null, in counts, 0).Reason == Reason ? 2 : 1);

    private void Read(Stream stream, long nowNs)
    {
        var size = Unsafe.SizeOf<DropListener>();
        var left = 0; // of a record that was cut by the end of a read
        while (stream.Read(_chunk.AsSpan(left)) is > 0 and var read)
        {
            var whole = (left + read) / size * size;
            foreach (ref readonly var record in MemoryMarshal.Cast<byte, DropListener>(_chunk.AsSpan(0, whole)))
                Take(in record, nowNs);
            left += read - whole;
            _chunk.AsSpan(whole, left).CopyTo(_chunk);
        }
    }

    // Several descriptors, and processes, may lead to one: the first that is found stands for it.
    private void Take(ref readonly DropListener record, long nowNs)
    {
        if (!_listeners.TryGetValue(record.Cookie, out var known))
            _listeners[record.Cookie] = known = new Listener(in record, _isFirst ? record.Drops : 0);
        if (known.Walk == _walk)
            return;
        known.Walk = _walk;
        if (known.See(record.Drops, nowNs))
            _hasNews = _refusedLately = true;
    }

    private sealed class Listener(ref readonly DropListener record, uint before)
    {
        private readonly uint _netns = record.Netns;
        private readonly Endpoint _local = new(new Address(record.Address), record.Port);
        private readonly SocketProcess _process = new() { Pid = (int)record.Pid, Name = Name(record.Comm), Uid = record.Uid };
        private uint _last = before;

        internal ulong Cookie { get; } = record.Cookie;

        internal ulong Refused { get; private set; }

        internal ulong Told { get; private set; }

        internal long LastNs { get; private set; }

        internal long Walk { get; set; }

        /// <summary>True when it refused more.</summary>
        internal bool See(uint drops, long nowNs)
        {
            if (drops == _last)
                return false;
            Refused += drops - _last; // it may have begun anew at 0
            (_last, LastNs) = (drops, nowNs);
            return true;
        }

        internal DropTotal Total(long toldElsewhere)
        {
            Told = Math.Max(Told, (ulong)Math.Max(0, (long)Refused - toldElsewhere));
            return new DropTotal(
                Reason, Place, 0, _netns, _local.Address.IsIPv4 ? IPv4 : IPv6, new DroppedFlow(default, _local, Transport.Tcp, Cookie), Told, 0, LastNs)
            {
                Owner = _process,
            };
        }

        private static string Name(ReadOnlySpan<byte> comm) => Encoding.UTF8.GetString(comm[..(comm.IndexOf((byte)0) is >= 0 and var end ? end : comm.Length)]);
    }
}
