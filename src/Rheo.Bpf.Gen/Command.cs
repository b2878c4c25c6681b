namespace Rheo.Bpf.Gen;

/// <summary>The command line: an object in, C# out, errors in the form that MSBuild and editors understand.</summary>
internal static class Command
{
    private const int Success = 0;
    private const int Failure = 1;
    private const int Usage = 2;

    public static int Run(ReadOnlySpan<string> arguments, TextWriter output, TextWriter errors)
    {
        try
        {
            return Run(GenerationOptions.Parse(arguments), output, errors);
        }
        catch (ArgumentException fault)
        {
            errors.WriteLine($"Rheo.Bpf.Gen: {fault.Message}");
            errors.WriteLine("usage: Rheo.Bpf.Gen NAME.bpf.o [--namespace NAME] [--class NAME] [--shares OTHER.bpf.o] [--output FILE.g.cs] [--depfile FILE.d]");
            return Usage;
        }
    }

    private static int Run(GenerationOptions options, TextWriter output, TextWriter errors)
    {
        try
        {
            var code = Generator.Generate(File.ReadAllBytes(options.ObjectPath), options);
            if (options.OutputPath.Length > 0)
                File.WriteAllText(options.OutputPath, code);
            else
                output.Write(code);
            return Success;
        }
        catch (GenerationException fault)
        {
            var place = SourceLines.FromDependencies(options.DependencyPath).Find(fault.CType, fault.Member) ?? options.ObjectPath;
            errors.WriteLine($"{place}: error BPFGEN1: {fault.Message}");
            return Failure;
        }
        catch (Exception fault) when (fault is MalformedObjectException or IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"{options.ObjectPath}: error BPFGEN2: {fault.Message}");
            return Failure;
        }
    }
}
