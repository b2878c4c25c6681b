namespace Xunit;

/// <summary>A test with cases, as xunit's attribute of this name.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class TheoryAttribute(string? sourceFilePath = null, int sourceLineNumber = -1) : FactAttribute(sourceFilePath, sourceLineNumber);
