using System.Runtime.InteropServices;
using Rheo.Bpf.Elf;
using Xunit;

namespace Rheo.Tests.Bpf;

/// <summary>Offsets that clang computed with <c>offsetof</c> and <c>sizeof</c>, without BTF, against those of the generated structs.</summary>
public sealed class OffsetTests
{
    [Fact]
    public void OffsetsAreThoseThatTheCompilerComputes()
    {
        var elf = ElfFile.Parse(Fixture.Object("shapes"));
        Assert.True(elf.TryFindSection(".rodata", out var section));
        var rodata = MemoryMarshal.AsRef<ShapesRodata>(elf.Contents(section));
        Everything all = default;
        Crooked crooked = default;
        Assert.Equal<long>(
            [
                Marshal.SizeOf<Crooked>(), Offset(in crooked, in crooked.Value), Offset(in crooked, in crooked.Tail),
                Offset(in all, in all.Path), Offset(in all, in all.Way), Offset(in all, in all.BareC), Offset(in all, in all.Either),
                Offset(in all, in all.Huge), Offset(in all, in all.Wide),
            ],
            Signed(rodata.CompilerSays));
    }

    private static long[] Signed(ReadOnlySpan<uint> values) => [.. values.ToArray().Select(value => (long)value)];

    private static long Offset<TStruct, TField>(in TStruct start, in TField field) =>
        System.Runtime.CompilerServices.Unsafe.ByteOffset(
            in System.Runtime.CompilerServices.Unsafe.As<TStruct, byte>(ref System.Runtime.CompilerServices.Unsafe.AsRef(in start)),
            in System.Runtime.CompilerServices.Unsafe.As<TField, byte>(ref System.Runtime.CompilerServices.Unsafe.AsRef(in field)));
}
