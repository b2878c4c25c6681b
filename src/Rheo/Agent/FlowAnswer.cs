using Rheo.Model;

namespace Rheo.Agent;

/// <summary>The conversations that a query selects.</summary>
/// <param name="TimeNs">Time of the scan that it stems from.</param>
/// <param name="Total">Conversations in the table, before the filter.</param>
/// <param name="Ledger">The capture's books at that time.</param>
/// <param name="Flows">Those selected, sorted.</param>
internal sealed record FlowAnswer(long TimeNs, int Total, Ledger Ledger, Conversation[] Flows) : IQueryAnswer
{
    /// <inheritdoc/>
    public int Rows => Flows.Length;
}
