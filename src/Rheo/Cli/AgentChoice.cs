namespace Rheo.Cli;

/// <summary>Whether a command watches through a running agent, and through which.</summary>
/// <param name="Path">The socket of the agent that must be used; null: the one at the usual place, if there is one.</param>
/// <param name="IsNever">No agent is used.</param>
public sealed record AgentChoice(string? Path, bool IsNever)
{
    /// <summary>Through the agent at the usual place if it is there, else by programs of our own.</summary>
    public static AgentChoice Auto { get; } = new(null, IsNever: false);

    /// <summary>By programs of our own.</summary>
    public static AgentChoice Never { get; } = new(null, IsNever: true);

    /// <summary>Reads <c>auto</c>, <c>never</c> or a path.</summary>
    public static bool TryParse(string word, out AgentChoice choice)
    {
        choice = word == "never" ? Never : word.StartsWith('/') ? new AgentChoice(word, IsNever: false) : Auto;
        return word is "auto" or "never" || word.StartsWith('/');
    }
}
