using System.Runtime.InteropServices;
using Rheo.Bpf;
using Xunit;

namespace Rheo.KernelTests.Links;

public sealed class IteratorTests
{
    [RootFact]
    public void StreamHoldsWhatTheProgramWrote()
    {
        using var programs = CountedPrograms.Load("walk_elements");
        for (var i = 0u; i < 16; i++)
            programs.Maps.Walked.Set(i, 100 + i);
        using var link = IteratorLink.Attach(programs["walk_elements"], IteratorTarget.Map(programs.Maps.Walked.Map.FileDescriptor));
        Assert.Equal(Enumerable.Range(100, 16).Select(value => (ulong)value), Walk(link));
        programs.Maps.Walked.Set(0, 7);
        Assert.Equal(7u, Walk(link)[0]);
        Assert.Equal(32u, programs.Hits(Hit.Iterator));
    }

    [RootFact]
    public void MissingTargetIsNamed()
    {
        using var programs = CountedPrograms.Load("walk_elements");
        var refused = Assert.Throws<BpfException>(() => IteratorLink.Attach(programs["walk_elements"]));
        Assert.Contains("needs a target", refused.Message);
    }

    private static ulong[] Walk(IteratorLink link)
    {
        using var stream = link.Open();
        using var all = new MemoryStream();
        stream.CopyTo(all);
        return MemoryMarshal.Cast<byte, ulong>(all.ToArray()).ToArray();
    }
}
