using Rheo.Cli;
using Rheo.Model;

namespace Rheo.Agent;

/// <summary>Prints a conversation when it is new, again each interval while it goes on, and when it ends.</summary>
internal sealed class FollowView(FlowsOptions options, ITrafficSource source, EndedFlows ended, IFlowWriter writer)
    : IFlowsView, IConversationVisitor
{
    /// <summary>Those that are over and are remembered all the same, beside as many as live.</summary>
    private const int Spare = 1024;

    private readonly Dictionary<long, Printed> _printed = [];
    private long _scannedNs;
    private long _left = options.Limit ?? long.MaxValue;

    public bool IsFull => _left == 0;

    /// <summary>Conversations that are remembered since they were printed.</summary>
    internal int Remembered => _printed.Count;

    public void Scanned()
    {
        if (source.ScannedNs == _scannedNs)
            return;
        _scannedNs = source.ScannedNs;
        Show();
    }

    public void End() => Show();

    public bool Visit(in Conversation flow)
    {
        if (!options.Filter.Matches(flow))
            return true;
        if (!_printed.TryGetValue(flow.Id, out var last) || IsDue(flow, last))
        {
            _printed[flow.Id] = new Printed(flow.Traffic.Packets, _scannedNs, flow.End != EndReason.None);
            Print(flow);
        }

        return _left > 0;
    }

    private bool IsDue(in Conversation flow, Printed last) =>
        flow.End != EndReason.None
            ? !last.Ended
            : flow.Traffic.Packets != last.Packets && Math.Abs(_scannedNs - last.TimeNs) >= options.Interval.TotalNanoseconds;

    private void Show()
    {
        foreach (var flow in ended.Kept)
        {
            // Its end was shown when it came; late packets are worth another line.
            if (!_printed.Remove(flow.Id, out var last) || !last.Ended || last.Packets != flow.Traffic.Packets)
                Print(flow);
        }

        ended.Clear();
        var self = this;
        source.Conversations.Visit(ref self);
        writer.Flush();
        Tidy();
    }

    // One that the filter lets pass while it goes on, and not once it is over (state:established), is never told to be over.
    private void Tidy()
    {
        if (_printed.Count < Spare + (2 * source.Conversations.Count))
            return;
        foreach (var id in _printed.Keys)
        {
            if (!source.Conversations.Holds(id))
                _printed.Remove(id);
        }
    }

    private void Print(in Conversation flow)
    {
        if (_left == 0)
            return;
        writer.Write(flow);
        _left--;
    }

    /// <summary>What was last printed of a conversation.</summary>
    private readonly record struct Printed(ulong Packets, long TimeNs, bool Ended);
}
