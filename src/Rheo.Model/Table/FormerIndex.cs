namespace Rheo.Model.Table;

/// <summary>
/// Finds conversations whose key belongs to a later one by now. As <see cref="ConversationIndex"/>, but each cell knows when the next
/// conversation of the key began: those that are too old for a packet are passed over without a look at them.
/// </summary>
internal sealed class FormerIndex(Pool<ConversationEntry> conversations)
{
    private Cell[] _cells = new Cell[1024];
    private int _count;

    /// <summary>Conversations that are in it.</summary>
    public int Count => _count;

    private int Mask => _cells.Length - 1;

    /// <summary>Of the conversations with this key, the first whose successor began after this time; -1 when there is none.</summary>
    public int FindBeforeSuccessor(uint hash, in ConversationKey key, long timeNs)
    {
        var (found, foundNs) = (-1, long.MaxValue);
        for (var at = (int)hash & Mask; _cells[at].Key != 0; at = (at + 1) & Mask)
        {
            ref readonly var cell = ref _cells[at];
            if (cell.Hash != hash || cell.SuccessorNs <= timeNs || cell.SuccessorNs >= foundNs)
                continue;
            if (conversations[cell.Index].Key.Equals(key))
                (found, foundNs) = (cell.Index, cell.SuccessorNs);
        }
        return found;
    }

    /// <summary>When the next conversation of the key began, or a little later. To be read or set at once: the cell moves.</summary>
    public ref long SuccessorNs(uint hash, int index) => ref _cells[Find(hash, index)].SuccessorNs;

    /// <summary>This one will be looked for, put in or removed soon.</summary>
    public void Expect(uint hash) => Prefetch.Line(ref _cells[(int)hash & Mask]);

    public void Insert(uint hash, int index, long successorNs)
    {
        if (4 * ++_count > 3 * _cells.Length)
            Grow();
        Place(new Cell(hash, index, successorNs));
    }

    public void Remove(uint hash, int index)
    {
        var gap = Find(hash, index);
        _count--;
        // A following cell may move into the gap unless its home lies between the gap and itself.
        for (var at = (gap + 1) & Mask; _cells[at].Key != 0; at = (at + 1) & Mask)
        {
            var home = (int)_cells[at].Hash & Mask;
            if (((at - home) & Mask) < ((at - gap) & Mask))
                continue;
            _cells[gap] = _cells[at];
            gap = at;
        }
        _cells[gap] = default;
    }

    /// <summary>Moves all times.</summary>
    public void ShiftTime(long byNs)
    {
        foreach (ref var cell in _cells.AsSpan())
            cell.SuccessorNs += byNs;
    }

    private int Find(uint hash, int index)
    {
        var wanted = new Cell(hash, index, 0).Key;
        var at = (int)hash & Mask;
        while (_cells[at].Key != wanted)
            at = (at + 1) & Mask;
        return at;
    }

    private void Place(in Cell cell)
    {
        var at = (int)cell.Hash & Mask;
        while (_cells[at].Key != 0)
            at = (at + 1) & Mask;
        _cells[at] = cell;
    }

    private void Grow()
    {
        var old = _cells;
        _cells = new Cell[2 * old.Length];
        foreach (ref readonly var cell in old.AsSpan())
        {
            if (cell.Key != 0)
                Place(in cell);
        }
    }

    private struct Cell(uint hash, int index, long successorNs)
    {
        // Upper half: the hash, which also is the cell's home. Lower half: index + 1; 0 is an empty cell.
        public readonly ulong Key = ((ulong)hash << 32) | ((uint)index + 1);

        public long SuccessorNs = successorNs;

        public readonly uint Hash => (uint)(Key >> 32);

        public readonly int Index => (int)(uint)Key - 1;
    }
}
