using Rheo.Bpf;
using Rheo.Bpf.Gen;

const int Failure = 1;
const int Usage = 2;

GenerationOptions options;
try
{
    options = GenerationOptions.Parse(args);
}
catch (ArgumentException fault)
{
    Console.Error.WriteLine($"Rheo.Bpf.Gen: {fault.Message}");
    Console.Error.WriteLine("usage: Rheo.Bpf.Gen NAME.bpf.o [--namespace NAME] [--class NAME] [--output FILE.g.cs] [--depfile FILE.d]");
    return Usage;
}

try
{
    var code = Generator.Generate(File.ReadAllBytes(options.ObjectPath), options);
    if (options.OutputPath.Length > 0)
        File.WriteAllText(options.OutputPath, code);
    else
        Console.Write(code);
    return 0;
}
catch (GenerationException fault)
{
    // The form that MSBuild and editors understand: file(line): error CODE: text
    var place = SourceLines.FromDependencies(options.DependencyPath).Find(fault.CType, fault.Member) ?? options.ObjectPath;
    Console.Error.WriteLine($"{place}: error BPFGEN1: {fault.Message}");
    return Failure;
}
catch (Exception fault) when (fault is MalformedObjectException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"{options.ObjectPath}: error BPFGEN2: {fault.Message}");
    return Failure;
}
