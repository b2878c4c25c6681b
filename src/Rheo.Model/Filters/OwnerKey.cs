using Rheo.Model.Owners;

namespace Rheo.Model.Filters;

/// <summary>A key about the processes at the ends: <c>process:nginx</c>, <c>src pid:4711</c>. An end fits when any of its processes does.</summary>
/// <param name="name">The word.</param>
/// <param name="meaning">What it asks of a conversation.</param>
/// <param name="values">What fits after the colon.</param>
/// <param name="read">Makes the test of a value; null where the value does not fit.</param>
/// <param name="end">Which end is asked.</param>
internal sealed class OwnerKey(
    string name, string meaning, string values, Func<string, Predicate<SocketProcess>?> read, FilterEnd end = FilterEnd.Either)
    : FilterKey(name, meaning, values)
{
    public override FilterKey At(FilterEnd other) => new OwnerKey(Name, Info.Meaning, Values, read, other);

    protected override FilterNode ReadOne(string value, int column) =>
        value.Length > 0 && read(value) is { } test ? new OwnerTerm(end, test) : throw Unexpected(value, column);
}
