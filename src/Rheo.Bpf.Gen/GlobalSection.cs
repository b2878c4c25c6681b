namespace Rheo.Bpf.Gen;

/// <summary>A section of global variables: <c>.rodata</c>, <c>.data</c>, <c>.bss</c> or one of these with a suffix.</summary>
internal sealed record GlobalSection(string Name, ulong Size, IReadOnlyList<GlobalVariable> Variables);
