namespace Rheo.Model;

/// <summary>What a filter may ask about beside the conversation itself: names that the model does not know.</summary>
public sealed record FilterContext
{
    /// <summary>Nothing is known: interface 7 is called <c>if7</c>.</summary>
    public static FilterContext Empty { get; } = new();

    /// <summary>The name of an interface. Threads: called wherever the filter is used.</summary>
    public Func<int, string> InterfaceName { get; init; } = index => $"if{index}";
}
