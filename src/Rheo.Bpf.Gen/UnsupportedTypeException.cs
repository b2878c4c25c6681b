namespace Rheo.Bpf.Gen;

/// <summary>A type has no C# form; whoever knows where it stands makes a <see cref="GenerationException"/> of it.</summary>
internal sealed class UnsupportedTypeException(string message) : Exception(message);
