using System.Runtime.InteropServices;
using Rheo.Bpf;
using Xunit;

namespace Rheo.KernelTests.Links;

public sealed partial class UprobeTests
{
    private const string Symbol = "getpgid";
    private static readonly Version s_multi = new(6, 6);
    private static readonly string s_library = File.ReadLines("/proc/self/maps").First(line => line.EndsWith("/libc.so.6")).Split(' ')[^1];

    [RootTheory]
    [InlineData("uprobe_count", false)]
    [InlineData("uprobe_multi_count", true)]
    public void ProgramRunsAtAFunctionsEntryUntilItsLinkIsDisposedOf(string program, bool multi)
    {
        Assert.SkipWhen(multi && Environment.OSVersion.Version < s_multi, "needs Linux 6.6");
        using var programs = Load(program, multi);
        var link = UprobeLink.AttachSymbol(programs[program], s_library, Symbol);
        Assert.Equal(multi, link.IsMulti);
        Assert.Equal(Features.PerfEventLink == Support.Yes, link.Id != 0);
        Call(10);
        Assert.InRange(programs.Hits(Hit.Uprobe), 10u, 1000u);
        link.Dispose();
        var hits = programs.Hits(Hit.Uprobe);
        Call(10);
        Assert.Equal(hits, programs.Hits(Hit.Uprobe));
    }

    [RootTheory]
    [InlineData("uprobe_count", false)]
    [InlineData("uprobe_multi_count", true)]
    public void ProgramRunsAtSeveralOffsets(string program, bool multi)
    {
        Assert.SkipWhen(multi && Environment.OSVersion.Version < s_multi, "needs Linux 6.6");
        using var programs = Load(program, multi);
        Assert.True(SymbolOffset.TryFind(s_library, Symbol, out var entry));
        using (UprobeLink.Attach(programs[program], s_library, [entry, entry + (ulong)FirstInstruction(entry)]))
        {
            Call(10);
            Assert.InRange(programs.Hits(Hit.Uprobe), 20u, 1000u);
        }
        var hits = programs.Hits(Hit.Uprobe);
        Call(10);
        Assert.Equal(hits, programs.Hits(Hit.Uprobe));
    }

    [RootFact]
    public void RefusalsSayWhatIsWrong()
    {
        using var programs = CountedPrograms.Load("uprobe_count");
        var file = Assert.Throws<BpfException>(() => UprobeLink.Attach(programs["uprobe_count"], "/no/such/file", 0));
        Assert.Contains("no such file", file.Message);
        var symbol = Assert.Throws<BpfException>(() => UprobeLink.AttachSymbol(programs["uprobe_count"], s_library, "no_such_function"));
        Assert.Contains("no_such_function", symbol.Message);
    }

    private static CountedPrograms Load(string program, bool multi) =>
        CountedPrograms.Load(obj => Assert.Equal(multi, multi && UprobeLink.PreferMulti(obj.Program(program))), program);

    private static void Call(int times)
    {
        for (var i = 0; i < times; i++)
            getpgid(0);
    }

    /// <summary>The length of the function's first instruction, of the two that C libraries begin it with.</summary>
    private static int FirstInstruction(ulong offset)
    {
        using var file = File.OpenRead(s_library);
        file.Position = (long)offset;
        return (RuntimeInformation.ProcessArchitecture, file.ReadByte()) switch
        {
            (Architecture.Arm64, _) => 4,
            (_, 0xF3) => 4, // endbr64
            (_, 0xB8) => 5, // mov $number, %eax
            var other => throw new InvalidOperationException($"the function begins with {other}"),
        };
    }

    [LibraryImport("libc")]
    private static partial int getpgid(int process);
}
