namespace Xunit;

/// <summary>An assertion does not hold.</summary>
public sealed class FailedAssertionException(string message) : Exception(message);
