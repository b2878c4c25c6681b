using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Rheo.Tests.Ground;
using Xunit;

namespace Rheo.Tests;

/// <summary>Who may name whom, read from the assemblies themselves.</summary>
public sealed class RoomTests
{
    private static readonly string[] Rooms = ["Cli", "Capture", "Bench", "Doctor", "Journal", "Sinks", "Terminal", "Web", "Warden", "Agent"];

    [Fact]
    public void TheModelReferencesNothingButTheFrameworksCore() =>
        Assert.All(References("Rheo.Model.dll"), name => Assert.Contains(name, CoreAssemblies));

    [Fact]
    public void TheBpfLibraryReferencesNothingButTheFramework() =>
        Assert.All(References("Rheo.Bpf.dll"), name => Assert.StartsWith("System.", name, StringComparison.Ordinal));

    [Fact]
    public void RoomsDoNotNameOneAnother() => Assert.DoesNotContain(Names("rheo.dll"), pair => IsForbidden(pair.From, pair.To));

    [Fact]
    public void OnlyCaptureBenchAndDoctorKnowTheKernel() =>
        Assert.DoesNotContain(Names("rheo.dll"), pair => IsKernel(pair.To) && Room(pair.From) is not ("Capture" or "Bench" or "Doctor"));

    [Fact]
    public void TheProgramItselfNamesOnlyCliAndAgent() =>
        Assert.DoesNotContain(Names("rheo.dll"), pair => pair.From == "Program" && Room(pair.To) is not (null or "Cli" or "Agent"));

    [Theory]
    [InlineData("rheo.dll")]
    [InlineData("Rheo.Bpf.dll")]
    [InlineData("Rheo.Model.dll")]
    public void OnlyInteropCallsForeignCode(string assembly) =>
        Assert.All(ForeignCallers(assembly), type => Assert.Matches(@"^Rheo(\.Bpf|\.Warden|\.Bench)?\.Interop\.", type));

    [Fact]
    public void TheRulesSeeWhatTheyJudge()
    {
        var names = Names("rheo.dll").ToArray();

        Assert.Contains(names, pair => Room(pair.From) == "Agent" && Room(pair.To) == "Sinks");
        Assert.Contains("Rheo.Interop.TerminalCalls", ForeignCallers("rheo.dll"));
        Assert.Contains(names, pair => Room(pair.From) == "Sinks" && pair.To.StartsWith("Rheo.Model.", StringComparison.Ordinal));
    }

    [Fact]
    public void TheWardenIsSmallEnoughToBeRead()
    {
        var lines = Repository.Files("src/Rheo/Warden/*.cs").Sum(path => File.ReadLines(Path.Combine(Repository.Root, path)).Count());

        Assert.InRange(lines, 1, 1500);
    }

    private static readonly string[] CoreAssemblies =
    [
        "System.Runtime", "System.Collections", "System.Linq", "System.Memory", "System.Numerics.Vectors", "System.Runtime.InteropServices",
        "System.Runtime.Intrinsics", "System.Threading", "System.Collections.Concurrent", "System.Console", "System.Runtime.Extensions",
        "System.Collections.Immutable",
    ];

    private static bool IsForbidden(string from, string to) =>
        Room(to) is { } there && there != Room(from) && Room(from) != "Agent" && from != "Program";

    private static bool IsKernel(string type) => type.StartsWith("Rheo.Bpf.", StringComparison.Ordinal);

    // "Rheo.Sinks.FlowJson" lives in Sinks; what lives in "Rheo" itself is common ground.
    private static string? Room(string type)
    {
        var parts = type.Split('.');
        return parts.Length > 2 && parts[0] == "Rheo" && Rooms.Contains(parts[1]) ? parts[1] : null;
    }

    private static string[] References(string assembly)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly)));
        var metadata = file.GetMetadataReader();
        return metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)).ToArray();
    }

    private static string[] ForeignCallers(string assembly)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly)));
        var metadata = file.GetMetadataReader();
        return metadata.MethodDefinitions.Select(metadata.GetMethodDefinition)
            .Where(method => (method.Attributes & MethodAttributes.PinvokeImpl) != 0)
            .Select(method => new SignatureNames(metadata).NameOf(method.GetDeclaringType()))
            .Distinct().ToArray();
    }

    private static List<(string From, string To)> Names(string assembly)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly)));
        return new TypeNames(file).Pairs().Distinct().ToList();
    }
}
