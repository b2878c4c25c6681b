using Rheo.Model.Owners;

namespace Rheo.Model.Table;

/// <summary>The sums by owner. The number of names is bounded; the sum over all of them, the others and those that are gone is exact.</summary>
internal sealed class OwnerAccounts
{
    /// <summary>512: a host of 110 pods with four programs each, and its own services.</summary>
    public const int MostNames = 512;

    /// <summary>A name gives way to a new one after ten minutes of silence.</summary>
    public const long SilenceNs = 600_000_000_000;

    // A full book is searched for silent names at most once in this time, however many new names come.
    private const long SearchEveryNs = 10_000_000_000;

    private readonly Dictionary<(string Process, string Container), OwnerAccount> _named = [];
    private readonly OwnerAccount _other = new("", "", 0);
    private EndTraffic _gone;
    private long _serial;
    private long _searchedNs = long.MinValue / 2;

    /// <summary>Of ends on this host whose owner is not known.</summary>
    public OwnerAccount Unattributed { get; } = new("", "", 0);

    /// <summary>Of it, what has an owner by now, and is counted for that one too.</summary>
    public OwnerAccount Late { get; } = new("", "", 0);

    /// <summary>Where the traffic of a process is added.</summary>
    public OwnerAccount Open(SocketProcess process, long nowNs) => Open((process.Name, process.Container), nowNs);

    private OwnerAccount Open((string Process, string Container) key, long nowNs)
    {
        if (_named.TryGetValue(key, out var account))
            return account;
        if (_named.Count >= MostNames && nowNs - _searchedNs >= SearchEveryNs)
            LetSilentGo(nowNs);
        if (_named.Count >= MostNames)
            return _other;
        return _named[key] = new OwnerAccount(key.Process, key.Container, ++_serial);
    }

    /// <summary>Whether the owner may have another account by now: its own was let go, or there is room for one.</summary>
    public bool IsToFind(OwnerAccount account) => account.IsClosed || (account == _other && _named.Count < MostNames);

    public OwnerSums Sums(int unattributedConversations) => new()
    {
        IsKnown = true,
        Named = [.. _named.Values.Select(account => account.Copy())],
        Other = _other.Traffic,
        Gone = _gone,
        Unattributed = Unattributed.Traffic,
        AttributedLate = Late.Traffic,
        UnattributedConversations = unattributedConversations,
    };

    /// <summary>Takes over what the table before had counted.</summary>
    public void Inherit(OwnerSums sums, long nowNs)
    {
        foreach (var owner in sums.Named)
            Open((owner.Process, owner.Container), nowNs).Add(owner.Traffic, nowNs);
        _other.Add(sums.Other, nowNs);
        _gone += sums.Gone;
        Unattributed.Add(sums.Unattributed, nowNs);
        Late.Add(sums.AttributedLate, nowNs);
    }

    /// <summary>The wall clock was set.</summary>
    public void ShiftTime(long byNs)
    {
        _searchedNs += byNs;
        foreach (var account in _named.Values)
            account.ShiftTime(byNs);
    }

    private void LetSilentGo(long nowNs)
    {
        _searchedNs = nowNs;
        foreach (var (key, account) in _named)
        {
            if (nowNs - account.UsedNs < SilenceNs)
                continue;
            account.IsClosed = true;
            _gone += account.Traffic;
            _named.Remove(key);
        }
    }
}
