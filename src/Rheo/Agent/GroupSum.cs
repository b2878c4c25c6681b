using Rheo.Model;
using Rheo.Model.Owners;
using Rheo.Terminal.Top;

namespace Rheo.Agent;

/// <summary>The sums of the conversations that have something in common, each seen from the side that has it.</summary>
internal sealed class GroupSum(string name)
{
    // Names that are listed of a group's processes: what a line shows.
    private const int MostNames = 4;

    private readonly List<string> _names = [];
    private Traffic _sent;
    private Traffic _received;
    private ConversationRates _rates;
    private long _firstNs = long.MaxValue;
    private long _lastNs;
    private SocketProcess? _process;
    private int _conversations;
    private bool _hasMore;

    /// <summary>Bytes a second, over the last second.</summary>
    public float Now => _rates.OneSecond.Bytes;

    /// <summary>Adds a conversation.</summary>
    /// <param name="flow">The conversation.</param>
    /// <param name="fromSource">Its source is the group's end, else its destination.</param>
    public void Add(in Conversation flow, bool fromSource)
    {
        _conversations++;
        _sent += fromSource ? flow.Sent : flow.Received;
        _received += fromSource ? flow.Received : flow.Sent;
        _rates = new ConversationRates(
            Plus(_rates.OneSecond, flow.Rates.OneSecond, fromSource),
            Plus(_rates.TenSeconds, flow.Rates.TenSeconds, fromSource),
            Plus(_rates.OneMinute, flow.Rates.OneMinute, fromSource));
        _firstNs = Math.Min(_firstNs, flow.FirstSeenNs);
        _lastNs = Math.Max(_lastNs, flow.LastSeenNs);
        Note(fromSource ? flow.SourceProcesses : flow.DestinationProcesses);
    }

    /// <summary>The row that shows it.</summary>
    public TopRow Row(long id, IReadOnlyList<float> history, TopGrouping grouping) => new(Sums(id), history)
    {
        Group = new TopGroup(name, Members(grouping), _conversations, grouping == TopGrouping.Process ? Facts() : []),
    };

    private Conversation Sums(long id) => new()
    {
        Id = id,
        Sent = _sent,
        Received = _received,
        Rates = _rates,
        FirstSeenNs = _firstNs,
        LastSeenNs = _lastNs,
    };

    private string Members(TopGrouping grouping) => grouping == TopGrouping.Process
        ? OwnerWords.Home(_process is null ? [] : [_process])
        : string.Join(" ", _names) + (_hasMore ? " …" : "");

    private (string Name, string Value)[] Facts() => _process is null ? [] :
    [
        .. new[]
        {
            ("runs", _process.Executable), ("user", _process.Uid.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("container", _process.Container), ("unit", _process.Unit),
        }.Where(fact => fact.Item2.Length > 0),
    ];

    private void Note(IReadOnlyList<SocketProcess> processes)
    {
        if (processes.Count == 0)
            return;
        _process = processes[0];
        if (_names.Contains(processes[0].Name))
            return;
        if (_names.Count < MostNames)
            _names.Add(processes[0].Name);
        else
            _hasMore = true;
    }

    private static TrafficRate Plus(TrafficRate sum, TrafficRate one, bool fromSource) => fromSource
        ? new TrafficRate(sum.SentBytes + one.SentBytes, sum.SentPackets + one.SentPackets, sum.ReceivedBytes + one.ReceivedBytes, sum.ReceivedPackets + one.ReceivedPackets)
        : new TrafficRate(sum.SentBytes + one.ReceivedBytes, sum.SentPackets + one.ReceivedPackets, sum.ReceivedBytes + one.SentBytes, sum.ReceivedPackets + one.SentPackets);
}
