namespace Rheo;

/// <summary>An interface was asked for by name and is not there; the message names those that are.</summary>
public sealed class UnknownInterfaceException(string name, IEnumerable<string> known)
    : Exception($"no interface {Text.Printable(name)}; there are: {string.Join(", ", known.Select(Text.Printable))}");
