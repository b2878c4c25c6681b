using System.Globalization;
using System.Runtime.InteropServices;
using Rheo.Bench.Programs;
using Rheo.Bpf;

namespace Rheo.Bench.Measure;

/// <summary>
/// How many hooks an interface has, told without the lock of all devices, which an ordinary question (<see cref="TcHook.Query"/>) waits for and
/// holds up others by. Threads: any, each with a walk of its own.
/// </summary>
internal sealed class HookWatch : IDisposable
{
    private const int MostLinks = 4096;

    private readonly WatchedBpf _bpf = WatchedBpf.Open();
    private readonly IteratorLink _links;

    public HookWatch()
    {
        _bpf.Load();
        _links = IteratorLink.Attach(_bpf.Programs.Watched);
    }

    /// <summary>The number of the network namespace in which this thread is.</summary>
    public static uint Here()
    {
        var name = new FileInfo("/proc/thread-self/ns/net").LinkTarget!; // net:[4026531840]
        return uint.Parse(name.AsSpan(5, name.Length - 6), CultureInfo.InvariantCulture);
    }

    /// <summary>The tcx links of an interface.</summary>
    /// <param name="space">Its namespace: <see cref="Here"/>.</param>
    /// <param name="index">Its index there.</param>
    public int Count(uint space, int index)
    {
        using var walk = _links.Open();
        Span<uint> told = stackalloc uint[2 * MostLinks];
        var length = walk.ReadAtLeast(MemoryMarshal.AsBytes(told), told.Length * sizeof(uint), throwOnEndOfStream: false) / sizeof(uint);
        var count = 0;
        for (var link = 0; link + 1 < length; link += 2)
        {
            if (told[link] == space && told[link + 1] == index)
                count++;
        }

        return count;
    }

    public void Dispose()
    {
        _links.Dispose();
        _bpf.Dispose();
    }
}
