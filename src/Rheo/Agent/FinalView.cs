using Rheo.Cli;
using Rheo.Model;

namespace Rheo.Agent;

/// <summary>Prints once, at the end, sorted: those that live and those that ended meanwhile.</summary>
internal sealed class FinalView(FlowsOptions options, ITrafficSource source, EndedFlows ended, IFlowWriter writer) : IFlowsView
{
    public bool IsFull => false;

    public void Scanned()
    {
    }

    public void End()
    {
        var collector = new Collector(options.Filter, [.. ended.Kept]);
        source.Conversations.Visit(ref collector);
        var order = Sorted(collector.Found, options.Order);
        foreach (var at in order.AsSpan(0, Math.Min(order.Length, options.Limit ?? int.MaxValue)))
            writer.Write(collector.Found[at]);
        writer.Flush();
    }

    // Conversations are large structs: sort their places.
    private static int[] Sorted(List<Conversation> found, ConversationOrder order)
    {
        var places = new int[found.Count];
        var keys = new double[found.Count];
        for (var at = 0; at < places.Length; at++)
        {
            places[at] = at;
            keys[at] = -SortKey.Of(found[at], order);
        }

        Array.Sort(keys, places);
        return places;
    }

    private readonly struct Collector(FlowFilter filter, List<Conversation> found) : IConversationVisitor
    {
        public List<Conversation> Found => found;

        public bool Visit(in Conversation conversation)
        {
            if (filter.Matches(conversation))
                found.Add(conversation);
            return true;
        }
    }
}
