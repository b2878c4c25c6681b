namespace Rheo.Bpf.Btf;

/// <summary>A named value of an enum.</summary>
/// <param name="Name">Its name in C.</param>
/// <param name="Value">Its value; for an unsigned 64-bit enum, the same bits.</param>
public readonly record struct BtfEnumerator(string Name, long Value);
