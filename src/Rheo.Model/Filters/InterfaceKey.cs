namespace Rheo.Model.Filters;

/// <summary><c>interface:eth*</c>.</summary>
internal sealed class InterfaceKey() : FilterKey(
    "interface", "crosses an interface of this name, on the way there or back", "the name of an interface, or a pattern such as eth* or eth?")
{
    protected override FilterNode ReadOne(string value, int column) =>
        value.Length > 0 ? new InterfaceTerm(value) : throw Unexpected(value, column);
}
