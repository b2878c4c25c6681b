using Rheo.Packets;
using Xunit;

namespace Rheo.KernelTests.Flow;

/// <summary>Collects what went wrong over many packets, so that one run shows all of it.</summary>
internal sealed class Shortfalls
{
    /// <summary>More than these help nobody.</summary>
    private const int Shown = 20;

    private readonly List<string> _lines = [];

    public int Checked { get; private set; }

    /// <summary>Checks one packet: counted once, with all its bytes, under one of the keys that are right.</summary>
    public void Check(string name, int length, Func<Counted> see, bool egress, params ReadOnlySpan<ExpectedFlow> right)
    {
        Checked++;
        try
        {
            var seen = see();
            if (!AnyIs(seen, right))
                Add(name, $"seen as {seen.Flow}, expected {right[0]}");
            if (seen.Packets != 1 || seen.Bytes != (ulong)length)
                Add(name, $"counted as {seen.Packets} packets of {seen.Bytes} bytes, not 1 of {length}");
            if (seen.Egress != egress)
                Add(name, "counted in the wrong direction");
        }
        catch (MiscountException miscount)
        {
            Add(name, miscount.Message);
        }
    }

    public void Add(string name, string what) => _lines.Add($"{name}: {what}");

    public void AssertNone() =>
        Assert.True(_lines.Count == 0, $"{_lines.Count} of {Checked} packets:\n{string.Join('\n', _lines.Take(Shown))}");

    private static bool AnyIs(Counted seen, ReadOnlySpan<ExpectedFlow> right)
    {
        foreach (var flow in right)
        {
            if (seen.IsOf(flow))
                return true;
        }
        return false;
    }
}
