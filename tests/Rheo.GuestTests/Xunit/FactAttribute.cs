namespace Xunit;

/// <summary>A test without cases, as xunit's attribute of this name.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class FactAttribute(string? sourceFilePath = null, int sourceLineNumber = -1) : Attribute
{
    /// <summary>Where the test stands; xunit's has it, too.</summary>
    public string? SourceFilePath { get; } = sourceFilePath;

    /// <inheritdoc cref="SourceFilePath"/>
    public int SourceLineNumber { get; } = sourceLineNumber;

    /// <summary>Why the test does not run here; null when it does.</summary>
    public string? Skip { get; set; }
}
