namespace Rheo.Bpf.Gen;

/// <summary>A global variable of the C program and its place in its section.</summary>
internal readonly record struct GlobalVariable(string Name, uint TypeId, ulong Offset);
