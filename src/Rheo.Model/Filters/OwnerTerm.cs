using Rheo.Model.Owners;

namespace Rheo.Model.Filters;

/// <summary><c>process:nginx</c>; never true of an end whose owner is not known.</summary>
internal sealed class OwnerTerm(FilterEnd end, Predicate<SocketProcess> test) : FilterNode
{
    public override bool NeedsOwners => true;

    public override bool Matches(in Conversation conversation, FilterContext context) => end switch
    {
        FilterEnd.Source => Fits(conversation.SourceProcesses),
        FilterEnd.Destination => Fits(conversation.DestinationProcesses),
        FilterEnd.Both => Fits(conversation.SourceProcesses) && Fits(conversation.DestinationProcesses),
        _ => Fits(conversation.SourceProcesses) || Fits(conversation.DestinationProcesses),
    };

    private bool Fits(IReadOnlyList<SocketProcess> processes)
    {
        for (var at = 0; at < processes.Count; at++)
        {
            if (test(processes[at]))
                return true;
        }
        return false;
    }
}
