namespace Rheo;

/// <summary>Whether a kernel object is at work.</summary>
/// <param name="Name">Its name: <c>flow</c>, or one of <see cref="OptionalParts"/>.</param>
/// <param name="IsLoaded">It is loaded, attached and read.</param>
public readonly record struct PartState(string Name, bool IsLoaded);
