namespace Rheo.Bpf.Elf;

/// <summary>A 64-bit little-endian ELF file, read in place from a span.</summary>
/// <remarks>
/// <i>Errors:</i> <see cref="MalformedObjectException"/> for input that is cut, contradicts itself, is 32-bit or big-endian; no other.
/// <i>Threads:</i> a value over the caller's memory; any thread. <i>Cost:</i> nothing is copied but names.
/// </remarks>
public readonly ref struct ElfFile
{
    private const int HeaderSize = 64;
    private const int SectionHeaderSize = 64;
    private const int SymbolSize = 24;

    private readonly CheckedBytes _bytes;
    private readonly ulong _sectionTable;
    private readonly ulong _sectionNames;
    private readonly ulong _sectionNamesSize;

    private ElfFile(CheckedBytes bytes)
    {
        _bytes = bytes;
        _sectionTable = bytes.U64(40);
        SectionCount = ReadSectionCount();
        var names = ReadNamesIndex();
        if (names >= (uint)SectionCount && SectionCount > 0)
            throw new MalformedObjectException($"ELF: section names are said to be in section {names} of {SectionCount}");
        if (SectionCount > 0)
            (_sectionNames, _sectionNamesSize) = (bytes.U64(HeaderOf(names) + 24), bytes.U64(HeaderOf(names) + 32));
    }

    /// <summary>Number of sections, the unused first one included.</summary>
    public int SectionCount { get; }

    /// <summary>The machine the code is for (<c>e_machine</c>): 247 is BPF, 62 x86-64, 183 AArch64.</summary>
    public ushort Machine => _bytes.U16(18);

    /// <summary>Reads the header and checks that the section table lies within the file.</summary>
    public static ElfFile Parse(ReadOnlySpan<byte> file)
    {
        var bytes = new CheckedBytes(file, "ELF file");
        var header = bytes.Slice(0, HeaderSize);
        if (!header.StartsWith("\x7f"u8 + "ELF"u8))
            throw new MalformedObjectException("not an ELF file: the magic number is missing");
        if (header[4] != 2 || header[5] != 1)
            throw new MalformedObjectException("ELF: only 64-bit little-endian files are read");
        return new ElfFile(bytes);
    }

    /// <summary>The section with an index.</summary>
    /// <remarks><i>Errors:</i> <see cref="MalformedObjectException"/> when the file has no such section.</remarks>
    public ElfSection Section(int index)
    {
        if ((uint)index >= (uint)SectionCount)
            throw new MalformedObjectException($"ELF: section {index} of {SectionCount} does not exist");
        var at = HeaderOf((uint)index);
        return new ElfSection(
            index,
            SectionName(_bytes.U32(at)),
            (ElfSectionType)_bytes.U32(at + 4),
            (ElfSectionFlags)_bytes.U64(at + 8),
            _bytes.U64(at + 16),
            _bytes.U64(at + 24),
            _bytes.U64(at + 32),
            _bytes.U32(at + 40),
            _bytes.U64(at + 56));
    }

    /// <summary>Finds the first section of a name; false when there is none.</summary>
    public bool TryFindSection(string name, out ElfSection section)
    {
        for (var index = 1; index < SectionCount; index++)
        {
            section = Section(index);
            if (section.Name == name)
                return true;
        }

        section = default;
        return false;
    }

    /// <summary>The bytes of a section in the file; empty for <see cref="ElfSectionType.NoBits"/>.</summary>
    public ReadOnlySpan<byte> Contents(in ElfSection section) =>
        section.Type is ElfSectionType.NoBits or ElfSectionType.Null ? default : _bytes.Slice(section.Offset, section.Size);

    /// <summary>The symbols of a table (<see cref="ElfSectionType.SymbolTable"/> or <see cref="ElfSectionType.DynamicSymbols"/>).</summary>
    /// <remarks><i>Cost:</i> one object and one name a symbol.</remarks>
    public List<ElfSymbol> Symbols(in ElfSection table)
    {
        var bytes = new CheckedBytes(Contents(table), $"ELF symbols {table.Name}");
        var names = new CheckedBytes(Contents(Section((int)Math.Min(table.Link, int.MaxValue))), $"ELF names of {table.Name}");
        var symbols = new List<ElfSymbol>(bytes.Length / SymbolSize);
        for (ulong at = 0; at < (ulong)bytes.Length; at += SymbolSize)
            symbols.Add(ReadSymbol(bytes, names, at));
        return symbols;
    }

    private static ElfSymbol ReadSymbol(CheckedBytes bytes, CheckedBytes names, ulong at)
    {
        var name = bytes.U32(at);
        var info = bytes.U8(at + 4);
        return new ElfSymbol(
            name == 0 ? "" : names.String(name),
            (ElfSymbolType)(info & 15),
            (ElfSymbolBinding)(info >> 4),
            bytes.U16(at + 6),
            bytes.U64(at + 8),
            bytes.U64(at + 16));
    }

    private ulong HeaderOf(uint index) => _sectionTable + ((ulong)index * SectionHeaderSize);

    private string SectionName(uint offset) =>
        new CheckedBytes(_bytes.Slice(_sectionNames, _sectionNamesSize), "ELF section names").String(offset);

    // A file with 0xff00 sections or more keeps their number and the index of the names in the first header (System V ABI, chapter 4).
    private int ReadSectionCount()
    {
        if (_sectionTable == 0)
            return 0;
        if (_bytes.U16(58) != SectionHeaderSize)
            throw new MalformedObjectException($"ELF: section headers of {_bytes.U16(58)} bytes instead of {SectionHeaderSize}");
        ulong count = _bytes.U16(60);
        if (count == 0)
            count = _bytes.Slice(_sectionTable, SectionHeaderSize).Length > 0 ? _bytes.U64(_sectionTable + 32) : 0;
        if (count > (ulong)_bytes.Length / SectionHeaderSize)
            throw new MalformedObjectException($"ELF: {count} sections do not fit into {_bytes.Length} bytes");
        _bytes.Slice(_sectionTable, count * SectionHeaderSize);
        return (int)count;
    }

    private uint ReadNamesIndex()
    {
        var index = _bytes.U16(62);
        return index == 0xffff && SectionCount > 0 ? _bytes.U32(_sectionTable + 40) : index;
    }
}
