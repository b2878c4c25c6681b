namespace Rheo.Model.Filters;

/// <summary><c>interface:eth*</c>: on any point of either way.</summary>
internal sealed class InterfaceTerm(string pattern) : FilterNode
{
    public override bool NeedsView => true;

    public override bool Matches(in Conversation conversation, FilterContext context) =>
        Crosses(conversation.SentPath, context) || Crosses(conversation.ReceivedPath, context);

    private bool Crosses(in InterfacePath path, FilterContext context)
    {
        for (var at = 0; at < path.Count; at++)
        {
            if (Glob.Matches(pattern, context.InterfaceName(path[at].Interface)))
                return true;
        }
        return false;
    }
}
