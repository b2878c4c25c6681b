namespace Rheo.Bpf.Btf;

/// <summary>A variable's place in a <see cref="BtfKind.DataSection"/>.</summary>
/// <param name="TypeId">The <see cref="BtfKind.Variable"/> (or <see cref="BtfKind.Function"/>, for externs).</param>
/// <param name="Offset">Byte offset in the section. Compilers leave 0 here; the symbol table has the true one.</param>
/// <param name="Size">Bytes of the variable.</param>
public readonly record struct BtfSectionVariable(uint TypeId, uint Offset, uint Size);
