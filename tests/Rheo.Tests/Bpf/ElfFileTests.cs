using Rheo.Bpf;
using Rheo.Bpf.Elf;
using Rheo.Tests.Ground;
using Xunit;

namespace Rheo.Tests.Bpf;

public sealed class ElfFileTests
{
    [Fact]
    public void SectionsAreThoseThatReadelfShows()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.o");
        File.WriteAllBytes(path, Fixture.Object("shapes"));
        try
        {
            var (_, text) = Repository.Run("llvm-readelf-19", "--sections", "--wide", path);
            var elf = ElfFile.Parse(File.ReadAllBytes(path));
            for (var index = 1; index < elf.SectionCount; index++)
            {
                var section = elf.Section(index);
                Assert.Matches($@"\[ *{index}\] {section.Name.Replace(".", "\\.")} +\w+ +0+ {section.Offset:x6} {section.Size:x6} ", text);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void ASharedLibraryShowsItsDynamicSymbols()
    {
        var library = ElfFile.Parse(File.ReadAllBytes(typeof(object).Assembly.Location.Replace("System.Private.CoreLib.dll", "libcoreclr.so")));
        Assert.True(library.TryFindSection(".dynsym", out var table));
        Assert.Contains(library.Symbols(table), symbol => symbol is { Name: "coreclr_initialize", Type: ElfSymbolType.Function, Size: > 0 });
    }

    [Fact]
    public void AFileCutAnywhereIsRefusedOrRead()
    {
        var whole = Fixture.Object("shapes");
        for (var length = 0; length < whole.Length; length += length < 256 ? 1 : 61)
            ReadAll(whole.AsSpan(0, length));
    }

    [Theory]
    [InlineData(4, 1, "64-bit")]
    [InlineData(5, 2, "little-endian")]
    [InlineData(0, 0, "magic")]
    public void AnotherKindOfFileIsRefusedInWords(int at, byte value, string word)
    {
        var file = Fixture.Object("shapes");
        file[at] = value;
        var fault = Assert.Throws<MalformedObjectException>(() => ElfFile.Parse(file).SectionCount);
        Assert.Contains(word, fault.Message);
    }

    private static void ReadAll(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var elf = ElfFile.Parse(bytes);
            for (var index = 0; index < elf.SectionCount; index++)
            {
                var section = elf.Section(index);
                _ = elf.Contents(section);
                if (section.Type == ElfSectionType.SymbolTable)
                    _ = elf.Symbols(section);
            }
        }
        catch (MalformedObjectException)
        {
        }
    }
}
