namespace Rheo;

/// <summary>Something else on the machine that stands between an interface's packets and us.</summary>
/// <param name="Interface">The interface's name, fit to print.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Message">One line for a person: where, who, and what it means.</param>
public sealed record Interference(string Interface, InterferenceKind Kind, string Message);
