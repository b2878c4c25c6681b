namespace Rheo.Bpf.Gen;

/// <summary>Writes the class that opens the object and gives typed access to its maps, programs and global variables.</summary>
internal sealed class SkeletonWriter(Code code, GenerationOptions options, ObjectPlan plan)
{
    private readonly string _class = options.ClassName;

    public void Write()
    {
        WriteClass();
        WriteMaps();
        WritePrograms();
    }

    private void WriteClass()
    {
        code.Line();
        code.Summary($"The BPF object <c>{Code.Doc(options.ResourceName)}</c>: open it, set its globals and map sizes, load it, attach its programs.");
        code.Block($"public sealed partial class {_class} : IDisposable", () =>
        {
            WriteConstructor();
            foreach (var section in plan.Sections)
                WriteSection(section);
            WriteActs();
            foreach (var length in plan.Catalog.ArrayLengths)
                TypeWriter.WriteArray(code, length);
        });
    }

    private void WriteConstructor()
    {
        code.Block($"private {_class}(BpfObject bpfObject)", () =>
        {
            code.Line("Object = bpfObject;");
            code.Line($"Maps = new {options.Prefix}Maps(bpfObject);");
            code.Line($"Programs = new {options.Prefix}Programs(bpfObject);");
        });
        code.Line();
        code.Summary("The object without types.");
        code.Line($"public BpfObject Object {{ get; }}");
        code.Line();
        code.Summary("Its maps.");
        code.Line($"public {options.Prefix}Maps Maps {{ get; }}");
        code.Line();
        code.Summary("Its programs.");
        code.Line($"public {options.Prefix}Programs Programs {{ get; }}");
    }

    private void WriteSection(SectionPlan section)
    {
        var when = section.Name.StartsWith(".rodata", StringComparison.Ordinal)
            ? "set before <see cref=\"Load\"/>; the kernel then holds them as constants"
            : "the start values before <see cref=\"Load\"/>, live in the kernel after it";
        var missing = section.Missing.Count == 0 ? "" : $" Too big to be here, read {Code.Doc(string.Join(", ", section.Missing))} through <see cref=\"Object\"/>.";
        code.Line();
        code.Summary($"Globals of <c>{Code.Doc(section.Name)}</c>: {when}. Valid until <see cref=\"Dispose\"/>.{missing}");
        code.Line($"public ref {section.Type} {section.Property} =>");
        code.Line($"    ref MemoryMarshal.AsRef<{section.Type}>(Object.Section({Code.Literal(section.Name)}));");
    }

    private void WriteActs()
    {
        code.Line();
        code.Summary("Opens the object, which is embedded in this assembly. Nothing reaches the kernel before <see cref=\"Load\"/>.");
        code.Block($"public static {_class} Open()", () =>
        {
            code.Line($"using var stream = typeof({_class}).Assembly.GetManifestResourceStream({Code.Literal(options.ResourceName)})");
            code.Line($"    ?? throw new InvalidOperationException({Code.Literal($"{options.ResourceName} is not embedded in the assembly")});");
            code.Line("var bytes = new byte[stream.Length];");
            code.Line("stream.ReadExactly(bytes);");
            code.Line($"return new {_class}(BpfObject.Open(bytes, {Code.Literal(options.ObjectName)}));");
        });
        code.Line();
        code.Summary("Creates the maps and gives the programs to the verifier.");
        code.Line("public void Load() => Object.Load();");
        code.Line();
        code.Summary("Closes the object. Programs that a link holds go on.");
        code.Line("public void Dispose() => Object.Dispose();");
    }

    private void WriteMaps()
    {
        code.Line();
        code.Summary($"The maps of <see cref=\"{_class}\"/>.");
        code.Block($"public sealed class {options.Prefix}Maps", () =>
        {
            var hasReaders = plan.Maps.Any(map => map.OpenType.Length > 0);
            if (hasReaders)
            {
                code.Line("private readonly BpfObject _bpfObject;");
                code.Line();
            }

            code.Block($"internal {options.Prefix}Maps(BpfObject bpfObject)", () =>
            {
                if (hasReaders)
                    code.Line("_bpfObject = bpfObject;");
                foreach (var map in plan.Maps)
                    code.Line($"{map.Property} = {map.Initializer};");
            });
            foreach (var map in plan.Maps)
                WriteMap(map);
        });
    }

    private void WriteMap(MapPlan map)
    {
        code.Line();
        code.Summary($"The map <c>{Code.Doc(map.CName)}</c>.");
        code.Line($"public {map.Type} {map.Property} {{ get; }}");
        if (map.OpenType.Length == 0)
            return;
        code.Line();
        code.Summary($"{map.OpenRemark} The caller disposes it. Only after the object is loaded.");
        code.Line($"public {map.OpenType} Open{map.Property}() => {map.OpenCall};");
    }

    private void WritePrograms()
    {
        var taken = new HashSet<string>(FieldBuilder.Inherited) { options.Prefix + "Programs" };
        var programs = plan.Description.Programs.ConvertAll(program => (program, Name: Names.Unique(Names.Pascal(program.Name), taken)));
        code.Line();
        code.Summary($"The programs of <see cref=\"{_class}\"/>.");
        code.Block($"public sealed class {options.Prefix}Programs", () =>
        {
            code.Block($"internal {options.Prefix}Programs(BpfObject bpfObject)", () =>
            {
                foreach (var (program, name) in programs)
                    code.Line($"{name} = bpfObject.Program({Code.Literal(program.Name)});");
            });
            foreach (var (program, name) in programs)
            {
                code.Line();
                code.Summary($"The program <c>{Code.Doc(program.Name)}</c> of section <c>{Code.Doc(program.Section)}</c>.");
                code.Line($"public BpfProgram {name} {{ get; }}");
            }
        });
    }
}
