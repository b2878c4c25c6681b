using System.Net;
using Rheo.Model;

namespace Rheo.Cli;

/// <summary>What <c>rheo agent</c> was asked to do.</summary>
public sealed record AgentOptions
{
    /// <summary>Where HTTP is served; always a loopback address.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, DefaultPort);

    /// <summary>Patterns of the interfaces to watch; none: all.</summary>
    public IReadOnlyList<string> Interfaces { get; init; } = [];

    /// <summary>Conversations remembered at most.</summary>
    public int MaxConversations { get; init; } = new ConversationTableOptions().MaxConversations;

    /// <summary>The port served when nothing is said.</summary>
    public const int DefaultPort = 9460;
}
