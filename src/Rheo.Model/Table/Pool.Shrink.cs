namespace Rheo.Model.Table;

/// <content>How memory goes back after a storm: what is used wanders to the lower chunks, and a higher one in which nothing is used any more goes.</content>
internal sealed partial class Pool<T>
{
    private const int NoLimit = int.MaxValue;

    private readonly List<int> _resting = []; // free, and not handed out any more
    private readonly Stack<int> _gone = new(); // chunks that were given back
    private int _limit = NoLimit; // from this index on nothing is handed out

    /// <summary>Indexes for which there is memory.</summary>
    public int Room => (_chunks.Length - _gone.Count) << Shift;

    /// <summary>
    /// From now on only so many indexes, the lowest, are handed out, until they are all in use; chunks above in which nothing is in use are
    /// given back. To be called now and then, as long as there is too much. An index that was freed must not be looked at by anybody then.
    /// </summary>
    /// <remarks>Cost: a look at each index that is free.</remarks>
    /// <param name="enough">How many.</param>
    public void Shrink(int enough)
    {
        var chunks = Math.Max(1, (enough + ChunkSize - 1) >> Shift); // the first always stays
        _limit = Math.Min(_limit, chunks << Shift);
        Rest();
        GiveBack();
        Array.Resize(ref _free, _freeCount);
        _resting.TrimExcess();
    }

    private void Rest()
    {
        var kept = 0;
        for (var at = 0; at < _freeCount; at++)
        {
            if (_free[at] < _limit)
                _free[kept++] = _free[at];
            else
                _resting.Add(_free[at]);
        }

        _freeCount = kept;
    }

    private void GiveBack()
    {
        var resting = new int[_chunks.Length];
        foreach (var index in _resting)
            resting[index >> Shift]++;
        for (var chunk = _limit >> Shift; chunk < _chunks.Length; chunk++)
        {
            // Of the last one some may never have been handed out: they count as handed out and returned.
            var handedOut = Math.Min(ChunkSize, High - (chunk << Shift));
            if (IsGone(chunk) || resting[chunk] < handedOut)
                continue;
            High = Math.Max(High, (chunk + 1) << Shift);
            _chunks[chunk] = _chunks[0];
            _gone.Push(chunk);
        }

        _resting.RemoveAll(index => IsGone(index >> Shift));
    }

    // The first stands in its place: who expects something there finds memory.
    private bool IsGone(int chunk) => chunk > 0 && _chunks[chunk] == _chunks[0];

    private void EndShrinking()
    {
        _limit = NoLimit;
        foreach (var index in _resting)
            Free(index);
        _resting.Clear();
    }

    private void TakeBack(int chunk)
    {
        _chunks[chunk] = new T[ChunkSize];
        for (var index = ((chunk + 1) << Shift) - 1; index >= chunk << Shift; index--)
            Free(index);
    }
}
