using Rheo.Model;

namespace Rheo.Agent;

/// <summary>Counts the conversations that end, by reason. Threads: the polling thread.</summary>
internal sealed class EndCounts : IEndedConversations
{
    private readonly ulong[] _counts = new ulong[(int)EndReason.TunnelChanged + 1];

    public void Ended(in Conversation conversation) => _counts[(int)conversation.End]++;

    public ulong[] Copy() => [.. _counts];
}
