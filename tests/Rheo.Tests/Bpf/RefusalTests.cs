using Rheo.Bpf.Gen;
using Rheo.Tests.Ground;
using Xunit;

namespace Rheo.Tests.Bpf;

/// <summary>C that has no faithful C# form: the generator says which type, which member, which line.</summary>
public sealed class RefusalTests : IDisposable
{
    private const string Head = "#include <linux/types.h>\n#include \"rheo/export.h\"\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("rheo-gen-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ABitFieldIsRefusedByTypeMemberAndLine() => Refused(
        "struct other { __u32 flags; };\nstruct packed_flags {\n\t__u32 kind;\n\t__u32 flags : 3;\n};\nEXPORT(struct packed_flags);",
        "broken.bpf.c(6): error BPFGEN1: struct packed_flags, member flags: a bit-field");

    [Fact]
    public void ABitFieldOfANestedStructIsRefusedWhereItStands() => Refused(
        "struct inner {\n\t__u8 a : 1;\n};\nstruct outer {\n\tstruct inner way[4];\n};\nEXPORT(struct outer);",
        "broken.bpf.c(4): error BPFGEN1: struct inner, member a: a bit-field");

    [Fact]
    public void AStructOnlyDeclaredIsRefused() => Refused(
        "struct shy;\nEXPORT(struct shy);", "error BPFGEN1: struct shy");

    [Fact]
    public void AValueTooBigForTheStackIsRefused() => Refused(
        "struct big { __u8 bytes[2097152]; };\nEXPORT(struct big);", "broken.bpf.c(3): error BPFGEN1: struct big: 2097152 bytes");

    [Fact]
    public void AGlobalTooBigForTheStackIsLeftOutAndNamed()
    {
        var (exitCode, output) = Generate("__u32 small;\n__u8 big[2097152];\n");
        Assert.Equal(0, exitCode);
        Assert.Contains("Too big to be here, read big through", output);
        Assert.Contains("public uint Small;", output);
    }

    [Fact]
    public void ASharedTypeThatDiffersIsRefused()
    {
        var shapes = Path.Combine(_folder, "shapes.bpf.o");
        File.WriteAllBytes(shapes, Fixture.Object("shapes"));
        var (exitCode, output) = Generate("struct point { __be32 addr; };\nEXPORT(struct point);", "--shares", shapes);
        Assert.Contains("broken.bpf.c(3): error BPFGEN1: struct point: is not the same as in shapes.bpf.o", output);
        Assert.Equal(1, exitCode);
    }

    [Fact]
    public void AnObjectWithoutTypesIsRefused() => Refused("", "error BPFGEN2: the object has no BTF");

    [Theory]
    [InlineData("", "name the object first")]
    [InlineData("x.o --output", "--output needs a value")]
    [InlineData("x.o --colour red", "--colour is unknown")]
    public void AWrongCommandLineIsExplained(string arguments, string word)
    {
        var (exitCode, output) = Run(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(2, exitCode);
        Assert.Contains(word, output);
        Assert.Contains("usage: ", output);
    }

    private void Refused(string source, string expected)
    {
        var (exitCode, output) = Generate(source);
        Assert.Contains(expected, output);
        Assert.Equal(1, exitCode);
    }

    private (int ExitCode, string Output) Generate(string source, params string[] options)
    {
        string[] paths = [Path.Combine(_folder, "broken.bpf.c"), Path.Combine(_folder, "broken.bpf.o"), Path.Combine(_folder, "broken.d")];
        File.WriteAllText(paths[0], Head + source + "\n");
        var (exitCode, output) = Repository.Run(
            "clang-19", "-g", "-O2", "-target", "bpf", "-I", "bpf", "-idirafter", $"/usr/include/{Triple}", "-MD", "-MF", paths[2], "-c", paths[0], "-o", paths[1]);
        Assert.True(exitCode == 0, output);
        return Run([paths[1], "--depfile", paths[2], .. options]);
    }

    private static (int ExitCode, string Output) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        var exitCode = Command.Run(arguments, output, output);
        return (exitCode, output.ToString());
    }

    private static string Triple =>
        System.Runtime.InteropServices.RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.Arm64
            ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
}
