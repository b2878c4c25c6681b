namespace Rheo.KernelTests.Bpf;

/// <summary>struct pair of maps.bpf.c.</summary>
public readonly record struct Pair(ulong First, ulong Second);
