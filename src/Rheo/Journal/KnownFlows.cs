using System.Runtime.InteropServices;
using Rheo.Model;
using Rheo.Model.Owners;

namespace Rheo.Journal;

/// <summary>What flows of another table are called in ours: counts of a flow go where its first went, also when its ports are used again.</summary>
internal sealed class KnownFlows(ConversationTable conversations)
{
    private const int Spare = 16 * 1024;
    private readonly Dictionary<ulong, FlowRef> _flows = [];

    /// <summary>Our reference for a flow, fresh, and with all that is known of it.</summary>
    public FlowRef Open(ulong number, in FlowPast past)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_flows, number, out _);
        if (known.IsSet && conversations.IsFresh(known))
            conversations.Learn(known, in past);
        else
            known = conversations.Resume(in past);
        return known;
    }

    /// <summary>Whose the ends of a flow are; of a flow that was never told, that is nothing to us.</summary>
    public void Own(ulong number, IReadOnlyList<SocketProcess> sender, IReadOnlyList<SocketProcess> receiver)
    {
        if (_flows.TryGetValue(number, out var flow))
            conversations.Own(new FlowOwners(flow, sender, receiver));
    }

    /// <summary>Forgets flows whose conversations have left, once they are many.</summary>
    public void Tidy()
    {
        if (_flows.Count < Spare + (4 * conversations.Count))
            return;
        foreach (var (number, flow) in _flows)
        {
            if (!conversations.IsFresh(flow))
                _flows.Remove(number);
        }
    }
}
