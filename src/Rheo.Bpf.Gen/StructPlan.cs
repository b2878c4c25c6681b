namespace Rheo.Bpf.Gen;

/// <summary>A C struct, union or section of globals as it will stand in C#.</summary>
internal sealed record StructPlan(string Name, string CName, ulong Size, IReadOnlyList<FieldPlan> Fields);
