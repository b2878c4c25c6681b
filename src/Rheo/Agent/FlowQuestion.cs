using Rheo.Model;
using Rheo.Web;

namespace Rheo.Agent;

/// <summary>Asks for conversations.</summary>
internal sealed class FlowQuestion(FlowQuery query) : Question<FlowAnswer>
{
    /// <inheritdoc/>
    public override object Key => (query.Filter.Text, query.Order, query.Limit);

    /// <inheritdoc/>
    public override FlowAnswer Answer(ITrafficSource source)
    {
        var table = source.Conversations;
        var flows = new Conversation[Math.Min(query.Limit, table.Count)];
        var found = table.Top(flows, query.Order, query.Filter.In(new InterfaceNames(source.InterfaceName).Context));
        return new FlowAnswer(source.ScannedNs, table.Count, source.Ledger, found == flows.Length ? flows : flows[..found]);
    }
}
