using Rheo.Bpf.Btf;
using Rheo.Bpf.Elf;

namespace Rheo.Bpf.Gen;

/// <summary>What a BPF object offers to user space: maps, programs, global variables and exported types.</summary>
internal sealed class ObjectDescription
{
    private ObjectDescription(BtfTypes types) => Types = types;

    public BtfTypes Types { get; }

    public List<MapDefinition> Maps { get; } = [];

    public List<GlobalSection> Sections { get; } = [];

    public List<ProgramDefinition> Programs { get; } = [];

    /// <summary>Types named by <c>EXPORT</c>.</summary>
    public List<uint> Records { get; } = [];

    /// <summary>Enums named by <c>EXPORT_CONSTANTS</c>.</summary>
    public List<uint> Constants { get; } = [];

    public static ObjectDescription Read(ReadOnlySpan<byte> file)
    {
        var elf = ElfFile.Parse(file);
        if (!elf.TryFindSection(".BTF", out var btf))
            throw new MalformedObjectException("the object has no BTF: compile it with clang -g, and strip it with -g only");
        if (!elf.TryFindSection(".symtab", out var table))
            throw new MalformedObjectException("the object has no symbol table");
        var description = new ObjectDescription(BtfTypes.Parse(elf.Contents(btf)));
        var symbols = elf.Symbols(table);
        description.ReadSections(elf, symbols);
        description.ReadPrograms(elf, symbols);
        return description;
    }

    private void ReadSections(ElfFile elf, List<ElfSymbol> symbols)
    {
        for (uint id = 1; id < Types.Count; id++)
        {
            if (Types[id].Kind == BtfKind.DataSection && elf.TryFindSection(Types[id].Name, out var section))
                ReadSection(Types[id], section, symbols);
        }
    }

    private void ReadSection(BtfType dataSection, ElfSection section, List<ElfSymbol> symbols)
    {
        var variables = GlobalsOf(dataSection, section, symbols);
        switch (section.Name)
        {
            case ".maps":
                Maps.AddRange(variables.Select(variable => new MapReader(Types).Read(variable)));
                break;
            case ".records":
                Records.AddRange(variables.Select(Exported));
                break;
            case ".constants":
                Constants.AddRange(variables.Select(Exported));
                break;
            default:
                if (IsData(section.Name) && variables.Count > 0)
                    Sections.Add(new GlobalSection(section.Name, section.Size, variables));
                break;
        }
    }

    /// <summary>
    /// The compiler leaves a variable's offset to the symbol table, as libbpf knows too (<c>btf_fixup_datasec</c>). Static variables
    /// are left out: several may share a name, and no other file is meant to see them.
    /// </summary>
    private List<GlobalVariable> GlobalsOf(BtfType dataSection, ElfSection section, List<ElfSymbol> symbols)
    {
        var offsets = new Dictionary<string, ulong>();
        foreach (var symbol in symbols)
        {
            if (symbol.SectionIndex == section.Index && symbol.Type == ElfSymbolType.Object && symbol.Binding != ElfSymbolBinding.Local)
                offsets[symbol.Name] = symbol.Value;
        }

        var variables = new List<GlobalVariable>();
        for (var index = 0; index < dataSection.Count; index++)
        {
            var variable = Types[dataSection.SectionVariable(index).TypeId];
            if (variable.Kind == BtfKind.Variable && offsets.TryGetValue(variable.Name, out var offset))
                variables.Add(new GlobalVariable(variable.Name, variable.TypeId, offset));
        }

        variables.Sort((left, right) => left.Offset.CompareTo(right.Offset));
        return variables;
    }

    private void ReadPrograms(ElfFile elf, List<ElfSymbol> symbols)
    {
        foreach (var symbol in symbols)
        {
            if (symbol.Type != ElfSymbolType.Function || symbol.Binding == ElfSymbolBinding.Local || symbol.SectionIndex >= elf.SectionCount)
                continue;
            var section = elf.Section(symbol.SectionIndex);
            if (section.IsExecutable && section.Name != ".text")
                Programs.Add(new ProgramDefinition(symbol.Name, section.Name));
        }
    }

    // EXPORT(type) is `const type *name`: the pointer keeps the compiler from needing a value of it.
    private uint Exported(GlobalVariable variable)
    {
        var pointer = Types.Resolve(variable.TypeId);
        if (pointer.Kind != BtfKind.Pointer)
            throw new GenerationException(variable.Name, "", "an export is a pointer to the exported type; use EXPORT(type) of rheo/export.h");
        return pointer.TypeId;
    }

    private static bool IsData(string name) => Array.Exists(
        [".rodata", ".data", ".bss"], kind => name == kind || name.StartsWith(kind + ".", StringComparison.Ordinal));
}
