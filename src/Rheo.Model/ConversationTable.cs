using System.Runtime.CompilerServices;
using Rheo.Model.Table;

namespace Rheo.Model;

/// <summary>Merges flows into conversations: both directions, all CPUs, all points; each packet counted once.</summary>
/// <remarks>
/// <para>
/// A reader of the kernel's table calls <see cref="Open"/> for each flow it meets at each point, keeps the reference, and calls
/// <see cref="Add"/> with what was counted since. <see cref="Tick"/> settles all that: what readers see is the state at the last tick.
/// </para>
/// <para>Threads: one at a time. Units: times in nanoseconds since the Unix epoch.</para>
/// <para>
/// Cost: <see cref="Add"/> and <see cref="Tick"/> allocate nothing but what the table grows by. A conversation takes about 300 bytes
/// where each direction is seen at one point, 64 more for each further point, 24 more while it was active in one second of the last minute, 152 in several, and
/// 56 more where owners can be told.
/// </para>
/// </remarks>
public sealed partial class ConversationTable
{
    private readonly ConversationTableOptions _options;
    private readonly IEndedConversations? _observer;
    private readonly Pool<ConversationEntry> _conversations = new();
    private readonly Pool<PointEntry> _points = new();
    private readonly Pool<Tags> _tags = new();
    private readonly ConversationIndex _index;
    private readonly AgeList[] _ages;
    private readonly AgeList _detached;
    private readonly FormerIndex _formers;
    private readonly RateBook _rates = new();
    private readonly TupleHash _hash;
    private HashSet<TunnelId> _terminated = [];
    private int[] _active = new int[1024]; // points that wait for settlement
    private int _activeCount;
    private int _inTunnels; // conversations that a tunnel is part of

    /// <summary>Makes an empty table.</summary>
    /// <param name="options">Bounds and time-outs.</param>
    /// <param name="ended">Is told of each conversation that leaves the table.</param>
    /// <exception cref="ArgumentOutOfRangeException">The table would hold no conversation, or more than can be indexed.</exception>
    public ConversationTable(ConversationTableOptions options, IEndedConversations? ended = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxConversations, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxConversations, ConversationTableOptions.MaxConversationsLimit);
        _options = options;
        _observer = ended;
        _index = new ConversationIndex(_conversations);
        _ages = [new AgeList(_conversations), new AgeList(_conversations), new AgeList(_conversations)];
        _detached = new AgeList(_conversations);
        _formers = new FormerIndex(_conversations);
        _points[0].Generation = 1; // never that of a FlowRef that was never set
        _hash = new TupleHash(options.Seed == 0 ? Random.Shared : new Random((int)options.Seed));
    }

    /// <summary>Conversations in the table.</summary>
    public int Count => _conversations.Count;

    /// <summary>Conversations remembered at most.</summary>
    public int Capacity => _options.MaxConversations;

    /// <summary>Conversations that were active in the last minute.</summary>
    public int ActiveCount => _rates.Count;

    /// <summary>TCP packets by flag, counted at counting points.</summary>
    public TcpFlagTotals TcpFlags { get; private set; }

    /// <summary>TCP handshakes.</summary>
    public HandshakeTotals Handshakes { get; } = new();

    /// <summary>Adds what a flow counted since the last time.</summary>
    /// <returns>False when the reference is stale: nothing was counted; open the flow again and add to the new reference.</returns>
    /// <remarks>Cost: one cache line of the table; no look-up, no allocation.</remarks>
    public bool Add(FlowRef flow, in FlowCounts counts, long lastSeenNs)
    {
        ref var point = ref _points[flow.Index];
        if (point.Generation != flow.Generation)
            return false;
        var packets = point.Packets + counts.Packets;
        if (packets > uint.MaxValue || (counts.Syn | counts.Fin | counts.Rst) != 0)
            return AddRare(flow, in counts, lastSeenNs);
        point.Packets = (uint)packets;
        point.Bytes += counts.Bytes;
        point.Flags |= counts.TcpFlags;
        if (lastSeenNs > point.LastNs)
            point.LastNs = lastSeenNs;
        if (!point.IsActive)
            Activate(ref point, flow.Index);
        return true;
    }

    private void Activate(ref PointEntry point, int index)
    {
        point.SetActive();
        if (_activeCount == _active.Length)
            Array.Resize(ref _active, 2 * _activeCount);
        _active[_activeCount++] = index;
    }

    // Packets with SYN, FIN or RST, or more than the narrow counters hold until the next tick: then what is there is settled first.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool AddRare(FlowRef flow, in FlowCounts counts, long lastSeenNs)
    {
        ref var point = ref _points[flow.Index];
        if (((point.Syn + counts.Syn) | (point.Fin + counts.Fin) | (point.Rst + counts.Rst)) > ushort.MaxValue)
            Settle(point.Owner);
        point.Syn += counts.Syn;
        point.Fin += counts.Fin;
        point.Rst += counts.Rst;
        var packets = counts.Packets;
        if (point.Packets + packets > uint.MaxValue)
            Settle(point.Owner);
        for (; packets > uint.MaxValue; packets -= uint.MaxValue)
        {
            point.Packets = uint.MaxValue;
            Settle(point.Owner);
        }
        return Add(flow, new FlowCounts(packets, counts.Bytes, counts.TcpFlags), lastSeenNs);
    }
}
