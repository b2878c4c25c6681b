namespace Rheo.Bpf.Gen;

/// <summary>A section of globals in the skeleton: its property, its type, and variables that found no place in it.</summary>
internal sealed record SectionPlan(string Name, string Property, string Type, IReadOnlyList<string> Missing);
