using System.Runtime.InteropServices;
using Rheo.Model;

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
