namespace Rheo.Bpf.Gen;

/// <summary>A field of a struct: names, types and its exact place in bytes.</summary>
internal readonly record struct FieldPlan(string Name, string CName, string Type, string CDeclaration, string Remark, ulong Offset, ulong Size);
