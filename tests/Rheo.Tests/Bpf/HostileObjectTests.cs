using System.Globalization;
using Rheo.Bpf;
using Rheo.Bpf.Btf;
using Rheo.Bpf.Elf;
using Rheo.Bpf.Gen;
using Xunit;

namespace Rheo.Tests.Bpf;

/// <summary>
/// Objects that lie: the readers and the generator may refuse them in words, and nothing else. RHEO_MUTANTS asks for more of them.
/// </summary>
public sealed class HostileObjectTests
{
    private static readonly int Mutants = int.Parse(Environment.GetEnvironmentVariable("RHEO_MUTANTS") ?? "4000", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("shapes")]
    [InlineData("maps")]
    public void AMutatedObjectIsGeneratedOrRefused(string name)
    {
        var original = Fixture.Object(name);
        var random = new Random(20251);
        for (var mutant = 0; mutant < Mutants; mutant++)
            GenerateOrRefuse(name, Fixture.Mutate(original, random));
    }

    // Most bytes of an object are code or strings; these mutants all hit the types.
    [Theory]
    [InlineData("shapes")]
    [InlineData("maps")]
    public void AMutatedTypeSectionIsGeneratedOrRefused(string name)
    {
        var original = Fixture.Object(name);
        var (offset, length) = TypeSection(original);
        var random = new Random(20252);
        for (var mutant = 0; mutant < Mutants; mutant++)
        {
            var bytes = original.ToArray();
            var types = Fixture.Mutate(original.AsSpan(offset, length), random);
            types.CopyTo(bytes, offset);
            GenerateOrRefuse(name, bytes);
        }
    }

    [Fact]
    public void AMutatedBlobIsReadOrRefused()
    {
        var whole = Fixture.Object("shapes");
        var (offset, length) = TypeSection(whole);
        var random = new Random(20253);
        for (var mutant = 0; mutant < Mutants; mutant++)
        {
            try
            {
                var types = BtfTypes.Parse(Fixture.Mutate(whole.AsSpan(offset, length), random));
                for (uint id = 0; id < types.Count; id++)
                    _ = types[id].ToString();
            }
            catch (MalformedObjectException)
            {
            }
        }
    }

    private static void GenerateOrRefuse(string name, byte[] bytes)
    {
        try
        {
            Fixture.Generate(name, bytes);
        }
        catch (Exception fault) when (fault is MalformedObjectException or GenerationException)
        {
            Assert.DoesNotContain('\n', fault.Message);
        }
    }

    private static (int Offset, int Length) TypeSection(byte[] file)
    {
        Assert.True(ElfFile.Parse(file).TryFindSection(".BTF", out var section));
        return ((int)section.Offset, (int)section.Size);
    }
}
