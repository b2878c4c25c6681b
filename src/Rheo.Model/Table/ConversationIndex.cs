namespace Rheo.Model.Table;

/// <summary>Finds conversations by key: open addressing with linear probing over cells of hash and index.</summary>
/// <remarks>Removal shifts the following cells back, so there are no tombstones and look-ups never grow slower.</remarks>
internal sealed class ConversationIndex(Pool<ConversationEntry> conversations)
{
    // Upper half: the hash, which also is the cell's home. Lower half: index + 1; 0 is an empty cell.
    private ulong[] _cells = new ulong[1024];
    private readonly DelayLine<uint> _expected = new();
    private int _count;

    private int Mask => _cells.Length - 1;

    /// <summary>The conversation with this key, or -1.</summary>
    public int Find(uint hash, in ConversationKey key)
    {
        var cells = _cells;
        for (var at = (int)hash & (cells.Length - 1); ; at = (at + 1) & (cells.Length - 1))
        {
            var cell = cells[at];
            if (cell == 0)
                return -1;
            if ((uint)(cell >> 32) == hash && conversations[IndexOf(cell)].Key.Equals(key))
                return IndexOf(cell);
        }
    }

    /// <summary>This one will be looked for soon: its cell is fetched, and later the conversation.</summary>
    public void Expect(uint hash)
    {
        ExpectCell(hash);
        conversations.Expect(IndexOf(_cells[(int)_expected.Turn(hash) & Mask]));
    }

    /// <summary>This one will be put in or removed soon.</summary>
    public void ExpectCell(uint hash) => Prefetch.Line(ref _cells[(int)hash & Mask]);

    public void Insert(uint hash, int index)
    {
        if (4 * ++_count > 3 * _cells.Length)
            Grow();
        Place(((ulong)hash << 32) | ((uint)index + 1));
    }

    public void Remove(uint hash, int index)
    {
        var wanted = ((ulong)hash << 32) | ((uint)index + 1);
        var at = (int)hash & Mask;
        while (_cells[at] != wanted)
            at = (at + 1) & Mask;
        _count--;
        CloseGap(at);
    }

    private static int IndexOf(ulong cell) => (int)(uint)cell - 1;

    private void Place(ulong cell)
    {
        var at = (int)(cell >> 32) & Mask;
        while (_cells[at] != 0)
            at = (at + 1) & Mask;
        _cells[at] = cell;
    }

    // A following cell may move into the gap unless its home lies between the gap and itself.
    private void CloseGap(int gap)
    {
        for (var at = (gap + 1) & Mask; _cells[at] != 0; at = (at + 1) & Mask)
        {
            var home = (int)(_cells[at] >> 32) & Mask;
            if (((at - home) & Mask) < ((at - gap) & Mask))
                continue;
            _cells[gap] = _cells[at];
            gap = at;
        }
        _cells[gap] = 0;
    }

    private void Grow()
    {
        var old = _cells;
        _cells = new ulong[2 * old.Length];
        foreach (var cell in old)
        {
            if (cell != 0)
                Place(cell);
        }
    }
}
