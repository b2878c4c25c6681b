using System.Diagnostics;
using Rheo.Bpf;

namespace Rheo.Capture;

/// <summary>
/// Keeps room for new places of drops. Interfaces and namespaces come and go for months, and each leaves places behind at which nothing will
/// be dropped any more: once half of the table is taken, those that have been quiet for long are added up by reason and function, in entries
/// of the same table that nobody else writes. So the sums are exact, and stay in the kernel for the reader that comes next. Threads: one.
/// Kernel: 5.14, where an element is read and deleted at once; below it places stay. CAP_BPF where the kernel keeps bpf(2) for those who have it.
/// </summary>
public sealed class DropFold
{
    private const int BatchSize = 256;
    private const int Invalid = 22, NotSupported = 524; // EINVAL, ENOTSUPP: the kernel does not know how to take

    /// <summary>An interface that is still there has dropped again by then, or can do without a row of its own.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(5);

    /// <summary>To look costs less than a millisecond where the table is full.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly PerCpuMap<DropPlace, DropCounts> _places;
    private readonly BpfMap<DropDevice, DropDeviceName> _devices;
    private readonly DropPlace[] _keys = new DropPlace[BatchSize];
    private readonly DropCounts[] _values;
    private readonly List<(DropPlace Key, DropCounts Counts)> _all = [];
    private readonly Dictionary<DropPlace, DropCounts> _homeless = []; // taken out of the table, and it had no room for their sum yet
    private long _last = Stopwatch.GetTimestamp();
    private bool _isPossible = true;

    /// <param name="handed">The drop object; its descriptors are open as long as this is used.</param>
    public DropFold(HandedObject handed)
    {
        _places = new(handed.Map("drop_places"));
        _devices = new(handed.Map("drop_devices"));
        _values = new DropCounts[BatchSize * _places.CpuCount];
    }

    /// <summary>Looks, when it is time.</summary>
    public void Tend()
    {
        if (!_isPossible || Stopwatch.GetElapsedTime(_last) < Interval)
            return;
        _last = Stopwatch.GetTimestamp();
        Fold(Quiet);
    }

    /// <summary>Adds up the places at which nothing was dropped for so long, if half of the table is taken.</summary>
    public void Fold(TimeSpan quiet)
    {
        try
        {
            if (Count() <= _places.Map.MaxEntries / 2 && _homeless.Count == 0)
                return;
            ReadAll();
            FoldBefore(WallClock.MonotonicNs - (long)quiet.TotalNanoseconds);
        }
        catch (BpfException refused)
        {
            _isPossible = refused.Errno is not (NotSupported or Invalid); // refused at the first one, before anything was taken
        }

        _all.Clear();
        _all.TrimExcess(); // an hour may pass until it is wanted again
    }

    // Most of the time this is all, and makes no garbage: the process that tends these rests for hours.
    private int Count()
    {
        var count = 0;
        var batches = _places.ReadBatches(_keys, _values);
        while (batches.MoveNext())
            count += batches.Keys.Length;
        return count;
    }

    private void ReadAll()
    {
        _all.Clear();
        var batches = _places.ReadBatches(_keys, _values);
        while (batches.MoveNext())
        {
            for (var at = 0; at < batches.Keys.Length; at++)
                _all.Add((batches.Keys[at], Sum(batches.Values.Slice(at * _places.CpuCount, _places.CpuCount))));
        }
    }

    private void FoldBefore(long quietSinceNs)
    {
        var old = _all.Where(pair => !IsFolded(pair.Key) && (long)pair.Counts.LastNs < quietSinceNs).Select(pair => pair.Key).ToList();
        var counts = new DropCounts[_places.CpuCount];
        var groups = old.ToLookup(Folded);
        foreach (var folded in groups.Select(group => group.Key).Union(_homeless.Keys).ToList())
        {
            var sum = _homeless.GetValueOrDefault(folded);
            try
            {
                foreach (var key in groups[folded])
                    sum = _places.TryTake(key, counts) ? Plus(sum, Sum(counts)) : sum;
            }
            finally
            {
                Keep(folded, sum);
            }
        }

        Forget(old);
    }

    // One CPU's value holds it all: nobody else writes these.
    private void Keep(in DropPlace folded, in DropCounts more)
    {
        if (more.Packets == 0)
            return;
        _homeless[folded] = more;
        var counts = new DropCounts[_places.CpuCount];
        _ = _places.TryGet(folded, counts);
        counts[0] = Plus(counts[0], more);
        try
        {
            _places.Set(folded, counts);
            _homeless.Remove(folded);
        }
        catch (BpfException)
        {
            // New places took the room at once. It is tried again at the next time.
        }
    }

    // Names of devices at which nothing is counted any more.
    private void Forget(List<DropPlace> gone)
    {
        var left = _all.Select(pair => pair.Key).Except(gone).Select(DeviceOf).ToHashSet();
        foreach (var device in gone.Select(DeviceOf).Distinct().Where(device => !left.Contains(device)))
            _devices.TryDelete(new DropDevice { Netns = device.Space, Ifindex = device.Index });
    }

    private static (uint Space, uint Index) DeviceOf(DropPlace place) => (place.Netns, place.Ifindex);

    private static bool IsFolded(in DropPlace place) => (place.Hook & (ushort)DropHook.Gone) != 0;

    private static DropPlace Folded(DropPlace place) =>
        new() { Location = place.Location, Reason = place.Reason, Hook = (ushort)(place.Hook | (ushort)DropHook.Gone) };

    private static DropCounts Sum(ReadOnlySpan<DropCounts> cpus)
    {
        var sum = default(DropCounts);
        foreach (ref readonly var cpu in cpus)
            sum = Plus(in sum, in cpu);
        return sum;
    }

    private static DropCounts Plus(in DropCounts one, in DropCounts other) => new()
    {
        Packets = one.Packets + other.Packets, Bytes = one.Bytes + other.Bytes, LastNs = Math.Max(one.LastNs, other.LastNs),
    };
}
