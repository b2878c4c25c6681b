namespace Rheo.Bpf.Elf;

/// <summary>One entry of a symbol table.</summary>
/// <param name="Name">Name from the table's string table; empty for sections.</param>
/// <param name="Type">What the symbol names.</param>
/// <param name="Binding">Who can see it.</param>
/// <param name="SectionIndex">The section it lies in; 0 (undefined) or a reserved index at and above 0xff00.</param>
/// <param name="Value">Offset in the section for relocatable objects, virtual address else.</param>
/// <param name="Size">Bytes of the function or object; 0 when unknown.</param>
/// <remarks><i>Source:</i> <c>Elf64_Sym</c>, System V ABI, chapter 4.</remarks>
public readonly record struct ElfSymbol(
    string Name, ElfSymbolType Type, ElfSymbolBinding Binding, ushort SectionIndex, ulong Value, ulong Size);
