using Rheo.Model;

namespace Rheo.Agent;

/// <summary>Counts the conversations that end, by reason. Threads: the polling thread.</summary>
internal sealed class EndCounts : IEndedConversations
{
    private readonly ulong[] _counts = new ulong[(int)EndReason.TunnelChanged + 1];

    public bool Leaves(EndReason reason)
    {
        _counts[(int)reason]++;
        return false;
    }

    public void Ended(in Conversation conversation)
    {
    }

    /// <summary>Counts what another table has ended; reasons that we do not know are not counted.</summary>
    public void Add(IReadOnlyList<ulong> counts)
    {
        for (var reason = 0; reason < Math.Min(counts.Count, _counts.Length); reason++)
            _counts[reason] += counts[reason];
    }

    public ulong[] Copy() => [.. _counts];
}
