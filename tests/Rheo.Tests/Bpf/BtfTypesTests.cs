using System.Text.Json;
using Rheo.Bpf;
using Rheo.Bpf.Btf;
using Rheo.Bpf.Elf;
using Rheo.Tests.Ground;
using Xunit;

namespace Rheo.Tests.Bpf;

public sealed class BtfTypesTests
{
    private const uint Struct = 4 << 24;
    private const uint Typedef = 8 << 24;
    private const uint Const = 10 << 24;
    private const uint Pointer = 2 << 24;
    private const uint Array = 3 << 24;
    private const uint Integer = 1 << 24;

    [Theory]
    [InlineData("shapes")]
    [InlineData("maps")]
    public void TypesAreThoseThatBpftoolShows(string name)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.o");
        File.WriteAllBytes(path, Fixture.Object(name));
        try
        {
            var (exitCode, text) = Repository.Run("bpftool", "--json", "btf", "dump", "file", path);
            Assert.True(exitCode == 0, text);
            var types = Types(name);
            var expected = JsonDocument.Parse(text).RootElement.GetProperty("types");
            Assert.Equal(expected.GetArrayLength(), types.Count - 1);
            foreach (var type in expected.EnumerateArray())
                CheckType(type, types[type.GetProperty("id").GetUInt32()]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void TheKernelsOwnTypesAreReadWhole()
    {
        const string kernel = "/sys/kernel/btf/vmlinux";
        Assert.SkipUnless(File.Exists(kernel), $"{kernel} does not exist");
        var types = BtfTypes.Parse(File.ReadAllBytes(kernel));
        Assert.True(types.TryFind(BtfKind.Struct, "sk_buff", out var buffer));
        Assert.Equal(buffer.Size, types.SizeOf(buffer.Id));
        Assert.Contains(Enumerable.Range(0, buffer.Count).Select(buffer.Member), member => member.Name == "len" || member.Name.Length == 0);
    }

    [Fact]
    public void ATypeThatHoldsItselfIsRefused()
    {
        Refused([1, Typedef, 1], "\0a\0", "holds itself");
        Refused([0, Const, 2, 0, Const, 1], "\0", "holds itself");
        Refused([0, Array, 0, 1, 0, 2], "\0", "holds itself");
        Refused([1, Struct | 1, 4, 1, 1, 0], "\0a\0", "holds itself");
    }

    [Fact]
    public void APointerMayLeadBackToItsStruct()
    {
        var types = BtfTypes.Parse(Fixture.Btf([1, Struct | 1, 8, 1, 2, 0, 0, Pointer, 1], "\0a\0"));
        Assert.Equal(8u, types.SizeOf(1));
    }

    [Fact]
    public void ALongChainOfTypedefsIsRefusedBeforeTheStackEnds()
    {
        var words = new List<uint>();
        for (uint id = 1; id < 100_000; id++)
            words.AddRange([0, Const, id + 1]);
        words.AddRange([0, Integer, 4, 32]);
        Refused([.. words], "\0", "nests more than");
    }

    [Fact]
    public void AnArrayGreaterThanMemoryHasNoSize()
    {
        var types = BtfTypes.Parse(Fixture.Btf([0, Integer, 8, 64, 0, Array, 0, 1, 1, 0xffffffff, 0, Array, 0, 2, 1, 0xffffffff], "\0"));
        Assert.Throws<MalformedObjectException>(() => types.SizeOf(3));
    }

    [Theory]
    [InlineData(new uint[] { 1, Typedef, 7 }, "refers to type 7")]
    [InlineData(new uint[] { 99, Typedef, 0 }, "lie outside")]
    [InlineData(new uint[] { 1, 20u << 24, 0 }, "kind 20")]
    [InlineData(new uint[] { 1, Struct | 9, 4, 0, 0 }, "lie outside")]
    public void AReferenceThatLeadsNowhereIsRefused(uint[] types, string word) => Refused(types, "\0a\0", word);

    private static void Refused(uint[] types, string strings, string word)
    {
        var fault = Assert.Throws<MalformedObjectException>(() => BtfTypes.Parse(Fixture.Btf(types, strings)));
        Assert.Contains(word, fault.Message);
    }

    private static BtfTypes Types(string name)
    {
        var elf = ElfFile.Parse(Fixture.Object(name));
        Assert.True(elf.TryFindSection(".BTF", out var section));
        return BtfTypes.Parse(elf.Contents(section));
    }

    private static void CheckType(JsonElement expected, BtfType type)
    {
        var name = expected.GetProperty("name").GetString();
        Assert.Equal(name == "(anon)" ? "" : name, type.Name);
        if (expected.TryGetProperty("size", out var size) && type.Kind is not BtfKind.DataSection)
            Assert.Equal(size.GetUInt32(), type.Size);
        if (expected.TryGetProperty("type_id", out var target))
            Assert.Equal(target.GetUInt32(), type.TypeId);
        if (expected.TryGetProperty("nr_elems", out var length))
            Assert.Equal(length.GetUInt32(), type.Length);
        if (expected.TryGetProperty("members", out var members))
            Assert.Equal(members.EnumerateArray().Select(Line), Enumerable.Range(0, type.Count).Select(index => Line(type.Member(index))));
        if (expected.TryGetProperty("values", out var values))
            Assert.Equal(values.EnumerateArray().Select(Value), Enumerable.Range(0, type.Count).Select(index => Value(type.Enumerator(index))));
    }

    private static string Line(JsonElement member) =>
        $"{member.GetProperty("name").GetString()}: {member.GetProperty("type_id")} at {member.GetProperty("bits_offset")}".Replace("(anon)", "");

    private static string Line(BtfMember member) => $"{member.Name}: {member.TypeId} at {member.BitOffset}";

    // bpftool of Debian 12 prints unsigned 32-bit values as they are and 64-bit ones as unsigned: compare the low bits.
    private static string Value(JsonElement value) =>
        $"{value.GetProperty("name").GetString()} = {unchecked((uint)decimal.ToInt64(value.GetProperty("val").GetDecimal() % 4294967296m)):x}";

    private static string Value(BtfEnumerator value) => $"{value.Name} = {unchecked((uint)value.Value):x}";
}
