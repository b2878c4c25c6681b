namespace Rheo.Bpf.Gen;

/// <summary>A program and the section that says what it attaches to.</summary>
internal readonly record struct ProgramDefinition(string Name, string Section);
