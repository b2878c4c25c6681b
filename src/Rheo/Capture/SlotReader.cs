using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Rheo.Bpf;
using Rheo.Model;

namespace Rheo.Capture;

/// <summary>
/// One of the kernel's flow tables, read in place. Each incarnation of a slot is told once and wholly: by scans while it lives,
/// and by its hand-over record, which holds its final counts; or, if the flow ring had no room, by the ledger.
/// Threads: the polling thread. Cost: a slot without news is one compare of 12 bytes, about a nanosecond.
/// </summary>
/// <remarks>
/// A slot that holds another flow than the one told, or than the next after it, is left alone until the records between were read:
/// the kernel puts the record in the ring before the slot shows anything new. Slots whose record does not come (<see cref="Settle"/>) are those that the ledger
/// counts as lost, with all that they had counted; what was told of them before is then to be taken from the ledger's sum.
/// </remarks>
internal sealed class SlotReader<TSlot, TSet, TShape>
    where TSlot : unmanaged
    where TSet : unmanaged
    where TShape : ISlotShape<TSlot>
{
    /// <summary>4 KiB of the narrow table.</summary>
    private const int BlockSlots = 64;

    /// <summary>Slots with news are gathered before they are looked at: 256, so that each knows of the next ones.</summary>
    private const int MostNews = 256;

    private const int FlowsAhead = 8;

    private readonly MappedArray<TSet> _table;
    private readonly FlowFeed _feed;
    private readonly uint[] _versions;
    private readonly uint[] _ended; // the last incarnation that was told to its end
    private readonly ulong[] _packets;
    private readonly SeenFlow[] _seen;
    private readonly byte[] _usedIn; // slots of each block that hold a flow that was told
    private List<(int Slot, uint Version)> _stale = [];
    private List<(int Slot, uint Version)> _settling = [];

    internal SlotReader(MappedArray<TSet> table, FlowFeed feed)
    {
        _table = table;
        _feed = feed;
        var slots = Slots.Length;
        _versions = new uint[slots];
        _ended = new uint[slots];
        _packets = new ulong[slots];
        _seen = new SeenFlow[slots];
        _usedIn = new byte[(slots + BlockSlots - 1) / BlockSlots];
    }

    /// <summary>Slots over all CPUs.</summary>
    internal int Capacity => _versions.Length;

    /// <summary>Slots that hold a flow that was told.</summary>
    internal int Used { get; private set; }

    /// <summary>Told from slots whose record was lost: the ledger counts it as lost too.</summary>
    internal Traffic ToldAndLost { get; private set; }

    private ReadOnlySpan<TSlot> Slots => MemoryMarshal.Cast<TSet, TSlot>(_table.Span);

    /// <summary>Tells what all slots have counted since the last scan.</summary>
    /// <param name="mayHaveNew">The kernel may have put flows into slots since: all are looked at. Else only where there are flows that were told.</param>
    /// <param name="books">What each CPU has counted. A machine may have many more than are on line: what never held anything is not touched.</param>
    internal void Scan(bool mayHaveNew, ReadOnlySpan<FlowLedger> books)
    {
        var slots = Slots;
        if (mayHaveNew)
        {
            var shard = slots.Length / books.Length;
            for (var cpu = 0; cpu < books.Length; cpu++)
            {
                if (books[cpu].Inserted > 0)
                    Scan(slots, cpu * shard, (cpu + 1) * shard);
            }

            return;
        }

        for (var block = 0; block < _usedIn.Length; block++)
        {
            if (_usedIn[block] > 0)
                Scan(slots, block * BlockSlots, Math.Min((block + 1) * BlockSlots, slots.Length));
        }
    }

    /// <summary>A hand-over of this slot comes: what is known of it is fetched.</summary>
    internal void ExpectSlot(int slot)
    {
        if ((uint)slot >= (uint)_versions.Length)
            return;
        Prefetch.Line(ref _versions[slot]);
        Prefetch.Line(ref _ended[slot]);
        Prefetch.Line(ref _packets[slot]);
        Prefetch.Line(ref _seen[slot]);
        Prefetch.Line(in Slots[slot]);
    }

    /// <summary>It comes soon: its conversation is fetched.</summary>
    internal void ExpectHandOver(int slot)
    {
        if ((uint)slot < (uint)_versions.Length && _versions[slot] != 0)
            _feed.Expect(in _seen[slot]);
    }

    /// <summary>A hand-over record: the final counts of an incarnation.</summary>
    internal void HandOver(int slot, ref readonly TSlot final, HandoverReason reason)
    {
        if ((uint)slot >= (uint)_versions.Length)
            return;
        ref readonly var flow = ref TShape.Flow(in final);
        _ended[slot] = flow.Version;
        if (_versions[slot] == flow.Version)
        {
            _feed.Advance<TSlot, TShape>(in final, ref _seen[slot], _packets[slot]);
            End(slot, flow.Version, in _seen[slot], reason);
            Forget(slot);
            return;
        }

        _feed.Begin<TSlot, TShape>(in final, out var seen);
        _feed.Advance<TSlot, TShape>(in final, ref seen, 0);
        End(slot, flow.Version, in seen, reason);
    }

    /// <summary>To be called when the ring was read to its end after a scan: stale slots' records are in, or lost.</summary>
    internal void Settle()
    {
        var slots = Slots;
        (_stale, _settling) = (_settling, _stale);
        foreach (var (slot, version) in _settling)
        {
            if (version != 0 && _versions[slot] == version)
            {
                ToldAndLost += new Traffic(_packets[slot], _seen[slot].Bytes);
                Forget(slot);
            }

            Look(slots, slot, recordsAreIn: true);
        }

        _settling.Clear();
    }

    /// <summary>Each slot of which something was told, for who reads on.</summary>
    internal IEnumerable<SlotPast> Bequeath(bool isWide)
    {
        for (var slot = 0; slot < _versions.Length; slot++)
        {
            if (_versions[slot] != 0)
                yield return _feed.Past(in _seen[slot], _packets[slot]) with { IsWide = isWide, Slot = slot, Version = _versions[slot] };
        }
    }

    /// <summary>Begins where another reader of the same table has ended.</summary>
    internal void Inherit(in SlotPast past)
    {
        if ((uint)past.Slot >= (uint)_versions.Length || _versions[past.Slot] != 0)
            return;
        _versions[past.Slot] = past.Version;
        _packets[past.Slot] = past.Told.Packets;
        _feed.Recall(in past, out _seen[past.Slot]);
        Use(past.Slot);
    }

    /// <summary>The reader before had told so much of flows whose record was lost.</summary>
    internal void InheritLost(Traffic toldAndLost) => ToldAndLost += toldAndLost;

    /// <summary>An interface is gone and its totals with it; its slots may not add to what now stands in their place.</summary>
    internal void ForgetInterface(int index)
    {
        foreach (ref var seen in _seen.AsSpan())
        {
            if (seen.Interface == index)
                seen.Totals = -1;
        }
    }

    private void Scan(ReadOnlySpan<TSlot> slots, int from, int to)
    {
        var versions = _versions.AsSpan(0, slots.Length);
        var packets = _packets.AsSpan(0, slots.Length);
        slots = slots[..to];
        Span<int> news = stackalloc int[MostNews];
        var count = 0;
        for (var slot = from; slot < slots.Length; slot++)
        {
            ref readonly var flow = ref TShape.Flow(in slots[slot]);
            if (flow.Version == versions[slot] && flow.Packets == packets[slot])
                continue;
            Prefetch.Line(ref _seen[slot]);
            news[count++] = slot;
            if (count < news.Length)
                continue;
            Look(slots, news);
            count = 0;
        }

        Look(slots, news[..count]);
    }

    // What the next ones touch is fetched meanwhile.
    private void Look(ReadOnlySpan<TSlot> slots, ReadOnlySpan<int> news)
    {
        for (var at = -FlowsAhead; at < news.Length; at++)
        {
            if (at + FlowsAhead < news.Length)
                Expect(slots, news[at + FlowsAhead]);
            if (at >= 0)
                Look(slots, news[at]);
        }
    }

    private void Expect(ReadOnlySpan<TSlot> slots, int slot)
    {
        if (_versions[slot] == 0)
            _feed.ExpectNew<TSlot, TShape>(in slots[slot]);
        else
            _feed.ExpectNews(in _seen[slot]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Look(ReadOnlySpan<TSlot> slots, int slot, bool recordsAreIn = false)
    {
        if (!TryCopy(in slots[slot], out var copy))
        {
            NoteReplacement(slots, slot);
            return;
        }

        ref readonly var flow = ref TShape.Flow(in copy);
        if (_versions[slot] == 0)
        {
            // The record of the one before is on its way: told after its successor, it would be taken for the same connection.
            if (!recordsAreIn && flow.Version != _ended[slot] + 2)
            {
                _stale.Add((slot, 0));
                return;
            }

            _feed.Begin<TSlot, TShape>(in copy, out _seen[slot]);
            _versions[slot] = flow.Version;
            Use(slot);
        }
        else if (_versions[slot] != flow.Version)
        {
            _stale.Add((slot, _versions[slot]));
            return;
        }

        _feed.Advance<TSlot, TShape>(in copy, ref _seen[slot], _packets[slot]);
        _packets[slot] = flow.Packets;
    }

    /// <summary>A slot in the middle of a replacement, but not of the flow that was told: that one has left before.</summary>
    private void NoteReplacement(ReadOnlySpan<TSlot> slots, int slot)
    {
        var version = Volatile.Read(in TShape.Flow(in slots[slot]).Version);
        if (_versions[slot] != 0 && version - _versions[slot] > 1)
            _stale.Add((slot, _versions[slot]));
    }

    /// <summary>False when the slot is empty or being replaced at this moment; the next scan sees it.</summary>
    private static bool TryCopy(ref readonly TSlot slot, out TSlot copy)
    {
        ref readonly var live = ref TShape.Flow(in slot);
        var version = Volatile.Read(in live.Version);
        copy = slot;
        Interlocked.MemoryBarrier();
        return version != 0 && (version & 1) == 0 && Volatile.Read(in live.Version) == version;
    }

    private void End(int slot, uint version, ref readonly SeenFlow seen, HandoverReason reason)
    {
        if (reason == HandoverReason.Reopened)
            _feed.Reopened(in seen, BeginningAfter(slot, version));
    }

    /// <summary>When the next incarnation began, from the slot, as long as that stands there; else 0.</summary>
    private ulong BeginningAfter(int slot, uint version)
    {
        if (!TryCopy(in Slots[slot], out var copy))
            return 0;
        ref readonly var flow = ref TShape.Flow(in copy);
        return flow.Version - version == 2 ? flow.FirstNs : 0;
    }

    private void Use(int slot)
    {
        Used++;
        _usedIn[slot / BlockSlots]++;
    }

    private void Forget(int slot)
    {
        Used--;
        _usedIn[slot / BlockSlots]--;
        _versions[slot] = 0;
        _packets[slot] = 0;
        _seen[slot] = default;
    }
}
