namespace Rheo.Bpf.Btf;

/// <summary>A member of a struct or union.</summary>
/// <param name="Name">Its name; empty for an anonymous struct or union.</param>
/// <param name="TypeId">Its type.</param>
/// <param name="BitOffset">Where it begins, in bits from the start of the struct.</param>
/// <param name="BitSize">Bits of a bit-field, 0 for an ordinary member.</param>
public readonly record struct BtfMember(string Name, uint TypeId, uint BitOffset, byte BitSize);
