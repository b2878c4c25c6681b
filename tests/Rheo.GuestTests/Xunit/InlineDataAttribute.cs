namespace Xunit;

/// <summary>One case of a theory, as xunit's attribute of this name.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class InlineDataAttribute(params object?[] data) : Attribute
{
    /// <summary>The arguments, one a parameter.</summary>
    public object?[] Data { get; } = data;
}
