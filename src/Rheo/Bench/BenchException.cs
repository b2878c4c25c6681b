namespace Rheo.Bench;

/// <summary>Something that the benchmark needs is not as it should be; the message says what.</summary>
internal sealed class BenchException(string message) : Exception(message);
