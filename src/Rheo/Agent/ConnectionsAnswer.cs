using Rheo.Model.Connections;

namespace Rheo.Agent;

/// <summary>The connections that a query selects.</summary>
/// <param name="List">They; null: connections are not watched here.</param>
/// <param name="KnowsOwners">Whose they are is watched.</param>
internal sealed record ConnectionsAnswer(ConnectionList? List, bool KnowsOwners) : IQueryAnswer
{
    /// <inheritdoc/>
    public int Rows => List is null ? 0 : List.Connections.Count + List.Queues.Count;
}
