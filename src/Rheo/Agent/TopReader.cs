using Rheo.Model;
using Rheo.Terminal.Top;

namespace Rheo.Agent;

/// <summary>Reads a traffic source into the snapshots that the live view draws. Threads: the polling thread.</summary>
/// <param name="source">Where from.</param>
/// <param name="most">Rows at most, however far somebody scrolls.</param>
internal sealed class TopReader(ITrafficSource source, int most)
{
    /// <summary>Conversations whose last minute is remembered: several screens of them, so that who comes up has a past.</summary>
    private const int Tracked = 256;

    // A scan comes a little early at times.
    private const long SecondNs = 950_000_000;

    private readonly InterfaceNames _interfaces = new(source.InterfaceName);
    private readonly RateHistory _history = new();
    private readonly TopGroups _groups = new();
    private Conversation[] _found = [];
    private float[] _totals = [];
    private Traffic _total = source.Conversations.Total.Traffic;
    private long _sampledNs = source.Conversations.WatchedNs; // not by the wall clock, which may be set
    private (double Bytes, double Packets) _rate;
    private TopRow? _selected;

    /// <summary>Takes the rates down, once a second however often it is called.</summary>
    public void Sample(TopState state)
    {
        var elapsed = source.Conversations.WatchedNs - _sampledNs;
        if (elapsed < SecondNs)
            return;
        _sampledNs = source.Conversations.WatchedNs;
        SampleTotal(elapsed / 1e9);
        _history.Pass();
        if (state.Grouping != TopGrouping.Connection)
        {
            foreach (var (id, rate) in Summed(state).Rates)
                _history.Add(id, rate);
            return;
        }

        foreach (ref readonly var flow in Find(state, Tracked))
            _history.Add(flow.Id, flow.Rates.OneSecond.Bytes);
    }

    /// <summary>What a screen of so many rows shows, and a page more, so that the cursor can go on.</summary>
    public TopSnapshot Read(TopState state, int page) => Snapshot(state, Rows(state, state.Offset + (2 * page)));

    /// <summary>All rows that there may be, to be looked at while nothing moves.</summary>
    public TopSnapshot ReadAll(TopState state) => Snapshot(state, Rows(state, most));

    private TopRow[] Rows(TopState state, int wanted) => state.Grouping == TopGrouping.Connection
        ? Rows(Find(state, wanted))
        : Summed(state).Rows(state.Order, Math.Min(wanted, most), _history.Of);

    private TopGroups Summed(TopState state)
    {
        _groups.Sum(source, state.Grouping, state.Filter.In(_interfaces.Context));
        return _groups;
    }

    private void SampleTotal(double seconds)
    {
        var total = source.Conversations.Total.Traffic;
        _rate = ((total.Bytes - _total.Bytes) / seconds, (total.Packets - _total.Packets) / seconds);
        _total = total;
        _totals = RateHistory.Extended(_totals, 1, (float)_rate.Bytes);
    }

    private ReadOnlySpan<Conversation> Find(TopState state, int wanted)
    {
        wanted = Math.Min(Math.Min(wanted, most), source.Conversations.Count);
        if (_found.Length < wanted)
            _found = new Conversation[Math.Max(Tracked, 2 * wanted)];
        return _found.AsSpan(0, source.Conversations.Top(_found.AsSpan(0, wanted), state.Order, state.Filter.In(_interfaces.Context)));
    }

    private TopRow[] Rows(ReadOnlySpan<Conversation> flows)
    {
        var rows = new TopRow[flows.Length];
        for (var at = 0; at < rows.Length; at++)
            rows[at] = new TopRow(flows[at], _history.Of(flows[at].Id));
        return rows;
    }

    private TopSnapshot Snapshot(TopState state, TopRow[] rows)
    {
        _selected = state.Selected is not { } id ? null
            : Array.Find(rows, row => row.Flow.Id == id) ?? (_selected?.Flow.Id == id ? _selected : null);
        var ledger = source.Ledger;
        return new TopSnapshot
        {
            TimeNs = source.ScannedNs,
            Watched = Watched(),
            Live = source.Conversations.Count,
            BytesPerSecond = _rate.Bytes,
            PacketsPerSecond = _rate.Packets,
            History = _totals,
            Grouping = state.Grouping,
            Rows = rows,
            Selected = _selected,
            LostPackets = ledger.LostPackets,
            LostAt = [.. ledger.Losses.Where(loss => loss.Packets > 0 || loss.Records > 0).Select(loss => loss.Stage)],
            Warning = source.Warnings.Count > 0 ? source.Warnings[^1] : null,
            Interfaces = _interfaces,
        };
    }

    private string Watched()
    {
        var count = source.Attached.Count;
        var text = count == 1 ? source.Attached[0] : $"{count} interfaces";
        return source.IsAttaching ? text + ", more being attached" : text;
    }
}
