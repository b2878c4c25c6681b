namespace Rheo;

/// <summary>Requests of one kind.</summary>
/// <param name="Path">What was asked for: a path that there is, or <c>other</c>.</param>
/// <param name="Status">The status of the answer.</param>
/// <param name="Count">How many.</param>
public readonly record struct HttpRequests(string Path, int Status, ulong Count);
