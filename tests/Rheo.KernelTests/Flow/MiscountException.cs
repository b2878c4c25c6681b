namespace Rheo.KernelTests.Flow;

/// <summary>A packet was not counted exactly once, or not let on.</summary>
internal sealed class MiscountException(string message) : Exception(message);
