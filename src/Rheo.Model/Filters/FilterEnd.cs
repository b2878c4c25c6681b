namespace Rheo.Model.Filters;

/// <summary>Which end of a conversation a term is about.</summary>
internal enum FilterEnd
{
    /// <summary>No direction given, or <c>src or dst</c>.</summary>
    Either,

    /// <summary><c>src</c>: who opened the conversation.</summary>
    Source,

    /// <summary><c>dst</c>: who was called.</summary>
    Destination,

    /// <summary><c>src and dst</c>.</summary>
    Both,
}
