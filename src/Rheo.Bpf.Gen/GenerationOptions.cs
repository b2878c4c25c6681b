namespace Rheo.Bpf.Gen;

/// <summary>What to generate, and where.</summary>
internal sealed record GenerationOptions(string ObjectPath)
{
    private const string Extension = ".bpf.o";

    /// <summary>Where the C# goes; the standard output when empty.</summary>
    public string OutputPath { get; init; } = "";

    public string Namespace { get; init; } = "Bpf";

    /// <summary>The skeleton's name: <c>FlowBpf</c> for <c>flow.bpf.o</c> unless said otherwise.</summary>
    public string ClassName { get; init; } = Names.Pascal(ShortName(ObjectPath)) + "Bpf";

    /// <summary>The compiler's list of source files (<c>clang -MD</c>), to name the line of a type at fault.</summary>
    public string DependencyPath { get; init; } = "";

    /// <summary>An object of the same namespace whose structs and enums this one uses too; empty for none.</summary>
    public string SharedPath { get; init; } = "";

    /// <summary>Name of the embedded resource.</summary>
    public string ResourceName => Path.GetFileName(ObjectPath);

    /// <summary>The object's name in the kernel: <c>flow</c>.</summary>
    public string ObjectName => ShortName(ObjectPath);

    /// <summary>What the names of the other classes begin with: <c>Flow</c>.</summary>
    public string Prefix => ClassName.EndsWith("Bpf", StringComparison.Ordinal) && ClassName.Length > 3 ? ClassName[..^3] : ClassName;

    /// <summary>Reads the command line.</summary>
    /// <exception cref="ArgumentException">It cannot be understood; the message says why.</exception>
    public static GenerationOptions Parse(ReadOnlySpan<string> arguments)
    {
        if (arguments.IsEmpty || arguments[0].StartsWith('-'))
            throw new ArgumentException("name the object first");
        var options = new GenerationOptions(arguments[0]);
        for (var index = 1; index < arguments.Length; index += 2)
        {
            if (index + 1 == arguments.Length)
                throw new ArgumentException($"{arguments[index]} needs a value");
            options = options.With(arguments[index], arguments[index + 1]);
        }

        return options;
    }

    private GenerationOptions With(string option, string value) => option switch
    {
        "--namespace" => this with { Namespace = value },
        "--class" => this with { ClassName = value },
        "--shares" => this with { SharedPath = value },
        "--output" => this with { OutputPath = value },
        "--depfile" => this with { DependencyPath = value },
        _ => throw new ArgumentException($"{option} is unknown"),
    };

    private static string ShortName(string path)
    {
        var name = Path.GetFileName(path);
        return name.EndsWith(Extension, StringComparison.Ordinal) ? name[..^Extension.Length] : Path.GetFileNameWithoutExtension(name);
    }
}
