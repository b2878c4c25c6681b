namespace Rheo.Model.Filters;

/// <summary>A part of a filter. Immutable, so that one filter may be used by many threads.</summary>
internal abstract class FilterNode
{
    /// <summary>Whether paths or rates are asked for, which cost more to copy than the rest of a conversation.</summary>
    public virtual bool NeedsView => false;

    /// <summary>Whether owners are asked for, which somebody must find out.</summary>
    public virtual bool NeedsOwners => false;

    public abstract bool Matches(in Conversation conversation, FilterContext context);
}
