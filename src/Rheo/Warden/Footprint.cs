using System.Globalization;
using Rheo.Warden.Interop;

namespace Rheo.Warden;

/// <summary>
/// Lets go of what only the start has used, or a storm: garbage (the kernel's types alone are twice 6 MB), what the C library keeps of freed memory, and
/// pages of the program, which stay in the page cache and come back one by one, by a minor fault each, if they are used again.
/// </summary>
internal static class Footprint
{
    /// <summary>By then the start is over: the first scans, the first answers.</summary>
    internal static readonly TimeSpan StartIsOver = TimeSpan.FromSeconds(3);

    /// <summary>Does it, once the start is over. Returns at once.</summary>
    internal static void ShrinkLater() => ShrinkAfter(StartIsOver);

    /// <summary>Does it after a time. Returns at once.</summary>
    internal static void ShrinkAfter(TimeSpan time)
    {
        var thread = new Thread(() =>
        {
            Thread.Sleep(time);
            Shrink();
        })
        { IsBackground = true, Name = "footprint" };
        thread.Start();
    }

    private static void Shrink()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        TrimHeap();
        try
        {
            ShrinkMappings(File.ReadLines("/proc/self/smaps"));
        }
        catch (IOException)
        {
        }
    }

    // A line for the mapping, "7f5c1a000000-7f5c1a400000 r-xp 00001000 fe:01 1234   /usr/bin/rheo", and then lines of what it holds.
    private static void ShrinkMappings(IEnumerable<string> lines)
    {
        var mapping = Array.Empty<string>();
        foreach (var line in lines)
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (!words[0].EndsWith(':'))
                mapping = words;
            else if (words is ["Anonymous:", "0", ..] && mapping is [_, ['r', '-', _, 'p'], _, _, _, ['/', ..], ..])
                Release(mapping[0]);
        }
    }

    // Of the GNU C library; others give back by themselves.
    private static void TrimHeap()
    {
        try
        {
            _ = ProcessCalls.malloc_trim(0);
        }
        catch (EntryPointNotFoundException)
        {
        }
    }

    // Of a file, read-only, and no page of it was ever written to (relocations would be lost): the file has it all.
    private static void Release(string range)
    {
        var dash = range.IndexOf('-', StringComparison.Ordinal);
        var from = Address(range.AsSpan(0, dash));
        _ = ProcessCalls.madvise(from, Address(range.AsSpan(dash + 1)) - from, ProcessCalls.MADV_DONTNEED);
    }

    private static nuint Address(ReadOnlySpan<char> text) => nuint.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
