using Rheo.Model.Owners;

namespace Rheo.Model.Table;

/// <summary>Whose the ends of the table's conversations are: what is remembered once it is known. There only where owners can be told.</summary>
internal sealed class OwnerBook
{
    /// <summary>Processes of one socket that are remembered: 8. A socket that a hundred workers inherited is named well enough by some.</summary>
    public const int MostProcesses = 8;

    // Lists that are shared: beyond, the dictionary is begun anew, which costs sharing and nothing else.
    private const int MostLists = 16_384;

    // News that nobody takes is not kept for ever.
    private const int MostNews = 65_536;

    private const int Shift = 10;
    private const int ChunkSize = 1 << Shift;

    private readonly Dictionary<IReadOnlyList<SocketProcess>, OwnerList> _lists = new(OwnerListComparer.Instance);
    private readonly List<int> _news = [];
    private OwnerEntry[][] _chunks = [];
    private int _unattributed;

    public OwnerAccounts Accounts { get; } = new();

    public OwnerSums Sums => Accounts.Sums(_unattributed);

    /// <summary>The entry of a conversation.</summary>
    public ref OwnerEntry this[int index]
    {
        get
        {
            while (index >> Shift >= _chunks.Length)
                Grow();
            return ref _chunks[index >> Shift][index & (ChunkSize - 1)];
        }
    }

    /// <summary>It will be looked at soon: its memory is fetched meanwhile.</summary>
    public void Expect(int index)
    {
        if (index >> Shift < _chunks.Length)
            Prefetch.All(ref _chunks[index >> Shift][index & (ChunkSize - 1)]);
    }

    public IReadOnlyList<SocketProcess> ProcessesOf(int index, int side) => this[index].Ends[side].Owners?.Processes ?? [];

    /// <summary>Remembers whose an end is.</summary>
    public void Set(int index, int side, IReadOnlyList<SocketProcess> processes, long nowNs)
    {
        ref var entry = ref this[index];
        ref var end = ref entry.Ends[side];
        if (end.Owners is { } known && OwnerListComparer.Instance.Equals(known.Processes, processes))
            return;
        end.Owners = Shared(processes, nowNs);
        if (entry.IsNews || _news.Count >= MostNews)
            return;
        entry.IsNews = true;
        _news.Add(index);
    }

    /// <summary>Where the traffic of an owner is added.</summary>
    public OwnerAccount AccountOf(OwnerList owners, long nowNs) =>
        Accounts.IsToFind(owners.Account) ? owners.Account = Accounts.Open(owners.Processes[0], nowNs) : owners.Account;

    public void SetUnattributed(ref OwnerEntry entry, bool isUnattributed)
    {
        if (entry.IsUnattributed == isUnattributed)
            return;
        entry.IsUnattributed = isUnattributed;
        _unattributed += isUnattributed ? 1 : -1;
    }

    /// <summary>The conversation leaves.</summary>
    public void Forget(int index)
    {
        ref var entry = ref this[index];
        SetUnattributed(ref entry, false);
        entry = new OwnerEntry { IsNews = entry.IsNews }; // it still stands in the list; who takes news looks at what is there then
    }

    /// <summary>The conversations whose owners changed since the last time.</summary>
    public int[] TakeNews()
    {
        foreach (var index in _news)
            this[index].IsNews = false;
        var news = _news.ToArray();
        _news.Clear();
        return news;
    }

    private OwnerList Shared(IReadOnlyList<SocketProcess> processes, long nowNs)
    {
        if (processes.Count > MostProcesses)
            processes = [.. processes.Take(MostProcesses)];
        if (_lists.TryGetValue(processes, out var shared))
            return shared;
        if (_lists.Count >= MostLists)
            _lists.Clear();
        return _lists[processes] = new OwnerList(processes, Accounts.Open(processes[0], nowNs));
    }

    private void Grow()
    {
        Array.Resize(ref _chunks, _chunks.Length + 1);
        _chunks[^1] = new OwnerEntry[ChunkSize];
    }
}
