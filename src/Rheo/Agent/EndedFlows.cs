using Rheo.Model;

namespace Rheo.Agent;

/// <summary>Keeps the conversations that ended until they are printed, up to a bound. Threads: the polling thread.</summary>
internal sealed class EndedFlows(FlowFilter filter, int most) : IEndedConversations
{
    private readonly List<Conversation> _kept = [];

    /// <summary>Those that ended since the last <see cref="Clear"/>.</summary>
    public IReadOnlyList<Conversation> Kept => _kept;

    /// <summary>How many there was no room for.</summary>
    public long NotKept { get; private set; }

    public void Ended(in Conversation conversation)
    {
        if (!filter.Matches(conversation))
            return;
        if (_kept.Count < most)
            _kept.Add(conversation);
        else
            NotKept++;
    }

    public void Clear() => _kept.Clear();
}
