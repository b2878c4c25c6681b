using System.Runtime.InteropServices;
using Rheo.Model;
using Rheo.Model.Owners;
using Rheo.Terminal.Top;

namespace Rheo.Agent;

/// <summary>
/// Sums the conversations that pass a filter by process, container or host. Each end counts for its own group, so that what two of them say
/// to one another is sent by the one and received by the other; what nobody here owns is in one group of its own.
/// </summary>
internal sealed class TopGroups : IConversationVisitor
{
    /// <summary>Groups that are remembered by name, for a cursor that stays and a row of bars: beyond, numbering begins anew.</summary>
    private const int MostIds = 65_536;

    // Where nobody is known.
    private const string Nobody = "-";

    private readonly Dictionary<(TopGrouping, string), long> _ids = [];
    private readonly Dictionary<string, GroupSum> _sums = [];
    private TopGrouping _grouping;
    private FlowFilter _filter = FlowFilter.All;
    private long _scannedNs;

    /// <summary>Brings the sums up to the last scan.</summary>
    public void Sum(ITrafficSource source, TopGrouping grouping, FlowFilter filter)
    {
        if (_scannedNs == source.ScannedNs && _grouping == grouping && _filter.Text == filter.Text)
            return;
        (_scannedNs, _grouping, _filter) = (source.ScannedNs, grouping, filter);
        _sums.Clear();
        var self = this;
        source.Conversations.Visit(ref self);
    }

    /// <summary>What each group carries now, for its row of bars.</summary>
    public IEnumerable<(long Id, float BytesPerSecond)> Rates => _sums.Select(pair => (IdOf(pair.Key), pair.Value.Now));

    /// <summary>The first groups by an order.</summary>
    public TopRow[] Rows(ConversationOrder order, int most, Func<long, IReadOnlyList<float>> history) =>
    [
        .. _sums.Select(pair => (Id: IdOf(pair.Key), Sum: pair.Value))
            .Select(pair => pair.Sum.Row(pair.Id, history(pair.Id), _grouping))
            .OrderByDescending(row => SortKey.Of(row.Flow, order)).ThenBy(row => row.Group!.Name, StringComparer.Ordinal)
            .Take(most),
    ];

    /// <inheritdoc/>
    public bool Visit(in Conversation flow)
    {
        if (!_filter.Matches(in flow))
            return true;
        var source = NameOf(flow.Source, flow.SourceProcesses);
        var destination = NameOf(flow.Destination, flow.DestinationProcesses);
        if (source is not null || destination is null)
            Of(source ?? Nobody).Add(in flow, fromSource: true);
        if (destination is not null && destination != source)
            Of(destination).Add(in flow, fromSource: false);
        return true;
    }

    private string? NameOf(Endpoint end, IReadOnlyList<SocketProcess> processes)
    {
        if (_grouping == TopGrouping.Host)
            return end.Address.ToString();
        if (processes.Count == 0)
            return null;
        var home = OwnerWords.Home(processes);
        return _grouping == TopGrouping.Process ? OwnerWords.Of(processes[0]) : home.Length > 0 ? home : Nobody;
    }

    private GroupSum Of(string name)
    {
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_sums, name, out _);
        return sum ??= new GroupSum(name);
    }

    // No conversation has a number below zero.
    private long IdOf(string name)
    {
        if (_ids.TryGetValue((_grouping, name), out var id))
            return id;
        if (_ids.Count >= MostIds)
            _ids.Clear();
        return _ids[(_grouping, name)] = -1 - _ids.Count;
    }
}
