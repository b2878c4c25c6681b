namespace Rheo.Model.Connections;

/// <summary>What is asked of a table of connections. Immutable: for any thread.</summary>
/// <param name="Choice">Which connections, or listeners.</param>
/// <param name="Order">Which of them first; listeners come by their address.</param>
/// <param name="Listening">Listeners instead of connections.</param>
/// <param name="Limit">How many at most.</param>
public sealed record ConnectionQuestion(ConnectionChoice Choice, ConnectionOrder Order, bool Listening, int Limit);
