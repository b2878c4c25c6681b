namespace Rheo.Bpf.Elf;

/// <summary>What a section holds (<c>sh_type</c>). Values without a name here are kept as they are.</summary>
public enum ElfSectionType : uint
{
    /// <summary>The unused first entry (<c>SHT_NULL</c>).</summary>
    Null = 0,

    /// <summary>Bytes of the program (<c>SHT_PROGBITS</c>).</summary>
    ProgramBits = 1,

    /// <summary>The symbol table (<c>SHT_SYMTAB</c>).</summary>
    SymbolTable = 2,

    /// <summary>Strings, each ended by NUL (<c>SHT_STRTAB</c>).</summary>
    StringTable = 3,

    /// <summary>Notes, such as the build id (<c>SHT_NOTE</c>).</summary>
    Note = 7,

    /// <summary>Memory that starts as zeroes and takes no room in the file (<c>SHT_NOBITS</c>).</summary>
    NoBits = 8,

    /// <summary>Relocations without addends (<c>SHT_REL</c>).</summary>
    Relocations = 9,

    /// <summary>The symbols that the dynamic linker sees (<c>SHT_DYNSYM</c>).</summary>
    DynamicSymbols = 11,
}
