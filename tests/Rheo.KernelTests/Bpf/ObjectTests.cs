using System.Runtime.InteropServices;
using Rheo.Bpf;
using Xunit;

namespace Rheo.KernelTests.Bpf;

public sealed class ObjectTests
{
    [RootFact]
    public void AnObjectHasItsMapsProgramsAndSectionsByName()
    {
        using var obj = TestObject.Open("maps");

        Assert.Contains("hash", obj.Maps.Keys);
        Assert.Contains(".bss", obj.Maps.Keys);
        Assert.Contains(".rodata", obj.Maps.Keys);
        Assert.Equal(["count"], obj.Programs.Keys);
        Assert.Equal(ProgramType.Syscall, obj.Program("count").Type);
        Assert.Equal(MapType.LpmTrie, obj.Map("lpm").Type);
        Assert.Equal((4, 8, 1024), (obj.Map("hash").KeySize, obj.Map("hash").ValueSize, obj.Map("hash").MaxEntries));
        Assert.False(obj.IsLoaded);
    }

    [RootFact]
    public void UnknownNamesAreRefusedWithTheKnownOnes()
    {
        using var obj = TestObject.Open("maps");

        Assert.Contains("percpu_hash", Assert.Throws<ArgumentException>(() => obj.Map("nothing")).Message);
        Assert.Contains("count", Assert.Throws<ArgumentException>(() => obj.Program("nothing")).Message);
        Assert.Throws<ArgumentException>(() => obj.Section("hash").Length);
    }

    [RootFact]
    public void BytesThatAreNoObjectAreRefusedWithTheErrorNumber()
    {
        var failure = Assert.Throws<BpfException>(() => BpfObject.Open("not an ELF file at all, but long enough"u8, "junk").Dispose());

        Assert.Equal(("open object", "junk"), (failure.Operation, failure.Target));
        Assert.True(failure.Errno > 0);
        Assert.NotEmpty(failure.LibraryMessages);
    }

    [RootFact]
    public void ConstantsSetBeforeLoadingReachThePrograms()
    {
        using var obj = TestObject.Open("maps");
        MemoryMarshal.Write(obj.Section(".rodata"), 5UL);
        obj.Load();

        Count(obj, times: 3);

        Assert.Equal(15UL, MemoryMarshal.Read<ulong>(obj.Section(".bss")));
        Assert.Equal(5UL, MemoryMarshal.Read<ulong>(obj.Section(".rodata")));
    }

    [RootFact]
    public void SpansOfVariablesTakenBeforeLoadingBecomeLive()
    {
        using var obj = TestObject.Open("maps");
        var data = MemoryMarshal.Cast<byte, ulong>(obj.Section(".data"));
        Assert.Equal(1000UL, data[0]);
        data[0] = 2000;
        obj.Load();

        Count(obj, times: 2);
        Assert.Equal(2002UL, data[0]);
        data[0] = 7;
        Count(obj, times: 1);

        Assert.Equal(8UL, data[0]);
    }

    [RootFact]
    public void MapSizesAreSetBeforeLoadingOnly()
    {
        using var obj = TestObject.Open("maps");
        obj.Map("hash").MaxEntries = 77;
        Assert.Throws<ArgumentOutOfRangeException>(() => obj.Map("hash").MaxEntries = 0);
        obj.Load();

        Assert.Equal(77, obj.Map("hash").MaxEntries);
        Assert.Throws<InvalidOperationException>(() => obj.Map("hash").MaxEntries = 78);
    }

    [RootFact]
    public void AnObjectIsLoadedOnce()
    {
        using var obj = TestObject.Load("maps");

        Assert.Throws<InvalidOperationException>(obj.Load);
    }

    [RootFact]
    public void DescriptorsAreThereFromLoadingUntilDisposal()
    {
        var obj = TestObject.Open("maps");
        Assert.Throws<InvalidOperationException>(() => obj.Map("hash").FileDescriptor);
        Assert.Throws<InvalidOperationException>(() => obj.Program("count").FileDescriptor);
        obj.Load();
        Assert.True(obj.Map("hash").FileDescriptor > 2);
        Assert.True(obj.Program("count").FileDescriptor > 2);
        obj.Dispose();

        Assert.Throws<ObjectDisposedException>(() => obj.Map("hash").FileDescriptor);
        Assert.Throws<ObjectDisposedException>(() => obj.Program("count").FileDescriptor);
        obj.Dispose();
    }

    [RootFact]
    public void ProgramsThatAreNotSelectedAreNotLoaded()
    {
        using var obj = TestObject.Open("refused");
        obj.Program("reads_too_far").AutoLoad = false;
        obj.Load();

        Assert.True(obj.Program("blameless").FileDescriptor > 2);
        Assert.Throws<InvalidOperationException>(() => obj.Program("reads_too_far").FileDescriptor);
        Assert.Throws<InvalidOperationException>(() => obj.Program("blameless").AutoLoad = false);
    }

    internal static void Count(BpfObject obj, int times, ulong key = 0)
    {
        for (var i = 0; i < times; i++)
        {
            ReadOnlySpan<ulong> context = [key, 99];
            Assert.Equal(42, obj.Program("count").TestRun(new TestRun { Context = MemoryMarshal.AsBytes(context) }).ReturnValue);
        }
    }
}
