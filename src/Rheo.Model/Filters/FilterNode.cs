namespace Rheo.Model.Filters;

/// <summary>A part of a filter. Immutable, so that one filter may be used by many threads.</summary>
internal abstract class FilterNode
{
    public abstract bool Matches(in Conversation conversation);
}
