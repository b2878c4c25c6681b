namespace Xunit;

/// <summary>A test found out that it cannot be run here.</summary>
public sealed class SkippedTestException(string reason) : Exception(reason);
