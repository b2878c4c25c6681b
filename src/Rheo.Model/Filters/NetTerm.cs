namespace Rheo.Model.Filters;

/// <summary><c>host</c> and <c>net</c>.</summary>
internal sealed class NetTerm(FilterEnd end, Prefix prefix) : EndTerm(end)
{
    protected override bool Matches(Endpoint endpoint) => prefix.Contains(endpoint.Address);
}
