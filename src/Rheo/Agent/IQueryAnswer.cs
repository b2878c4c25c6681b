namespace Rheo.Agent;

/// <summary>What the model said to a query, for a request thread.</summary>
internal interface IQueryAnswer
{
    /// <summary>Rows that it holds in memory.</summary>
    int Rows { get; }
}
