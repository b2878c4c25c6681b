namespace Rheo.Model.Filters;

/// <summary>The words before a value: <c>tcp dst port</c>. The next value without any takes them over, as in <c>port 80 or 443</c>.</summary>
internal readonly record struct Qualifiers(FilterNode? Protocol, FilterEnd End, FilterKind Kind)
{
    /// <summary>Whether a value could follow: with a protocol alone it could not.</summary>
    public bool TakeValue { get; init; }
}
