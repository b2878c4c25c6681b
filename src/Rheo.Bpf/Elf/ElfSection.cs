namespace Rheo.Bpf.Elf;

/// <summary>One section header of an ELF file.</summary>
/// <param name="Index">Place in the section table; symbols refer to it.</param>
/// <param name="Name">Name from the section string table.</param>
/// <param name="Type">What the section holds.</param>
/// <param name="Flags">Attributes: allocated, writable, executable.</param>
/// <param name="Address">Virtual address; 0 in relocatable objects.</param>
/// <param name="Offset">Offset of the contents in the file.</param>
/// <param name="Size">Length of the contents in bytes; for <see cref="ElfSectionType.NoBits"/>, of the memory it stands for.</param>
/// <param name="Link">Index of a related section: the string table of a symbol table.</param>
/// <param name="EntrySize">Bytes of one entry for tables, else 0.</param>
/// <remarks><i>Source:</i> <c>Elf64_Shdr</c>, System V ABI, chapter 4.</remarks>
public readonly record struct ElfSection(
    int Index,
    string Name,
    ElfSectionType Type,
    ElfSectionFlags Flags,
    ulong Address,
    ulong Offset,
    ulong Size,
    uint Link,
    ulong EntrySize)
{
    /// <summary>Whether the section holds machine code.</summary>
    public bool IsExecutable => (Flags & ElfSectionFlags.Executable) != 0;
}
