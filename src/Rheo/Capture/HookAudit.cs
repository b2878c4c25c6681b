using System.Diagnostics;
using Rheo.Bpf;
using Rheo.Bpf.Netlink;

namespace Rheo.Capture;

/// <summary>
/// Looks every few seconds whether all attachments are still as they were made, attaches again what somebody took away, and
/// keeps the books of what stands in the way. Nobody tells of most of these changes, so they are looked for.
/// Cost: two dumps for all interfaces and two system calls an interface, some 5 µs an interface.
/// </summary>
internal sealed class HookAudit(FlowObjects objects)
{
    /// <summary>Whatever happens is noticed within 5 s, the wait for the next scan included.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan BusyInterval = TimeSpan.FromSeconds(30);

    /// <summary>Each question waits for the lock of all devices; where they come and go, a look at all of them is done in several.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(20);

    private readonly Queue<NetworkDevice> _left = new(); // of the look that is under way
    private IReadOnlySet<int> _withFilters = new HashSet<int>();
    private Dictionary<int, IReadOnlyList<Interference>> _found = [];
    private readonly ulong[] _noticed = [.. InterferenceState.None.Noticed];
    private Dictionary<int, IReadOnlyList<Interference>> _present = [];
    private long _last = Stopwatch.GetTimestamp() - (long)(Interval.TotalSeconds * Stopwatch.Frequency);
    private ulong _reattached;

    /// <summary>What was found by the last look.</summary>
    internal InterferenceState State { get; private set; } = InterferenceState.None;

    /// <summary>Looks when it is time, for a short time; gives a line for each thing that was not so the last time.</summary>
    /// <param name="attached">What is to be there.</param>
    /// <param name="isBusy">Others come and go, and stand in line for the same lock: it may wait.</param>
    internal IReadOnlyList<string> Look(IReadOnlyDictionary<int, Attachment> attached, bool isBusy)
    {
        if (isBusy && Stopwatch.GetElapsedTime(_last) < BusyInterval)
            return [];
        if (_left.Count == 0 && !Begin())
            return [];
        var start = Stopwatch.GetTimestamp();
        var news = new List<string>();
        while (_left.TryDequeue(out var device))
        {
            if (attached.TryGetValue(device.Index, out var attachment))
                _found[device.Index] = Look(attachment, device, _withFilters.Contains(device.Index), news);
            if (_left.Count > 0 && Stopwatch.GetElapsedTime(start) > Slice)
                return news;
        }

        _present = _found;
        Publish();
        return news;
    }

    private bool Begin()
    {
        if (Stopwatch.GetElapsedTime(_last) < Interval)
            return false;
        _last = Stopwatch.GetTimestamp();
        _withFilters = TcHook.InterfacesWithFilters();
        _found = [];
        foreach (var device in NetworkDevices.List())
            _left.Enqueue(device);
        return true;
    }

    private IReadOnlyList<Interference> Look(Attachment attachment, NetworkDevice device, bool hasFilters, List<string> news)
    {
        try
        {
            var found = attachment.Audit(device, hasFilters);
            var before = _present.GetValueOrDefault(device.Index, []);
            foreach (var one in found.Where(one => !before.Contains(one)))
                Notice(one, news);
            return found.Any(one => one.Kind == InterferenceKind.Detached) ? Repair(attachment, found, news) : found;
        }
        catch (BpfException)
        {
            return []; // The interface goes at this moment; the watch tells.
        }
    }

    private void Notice(Interference interference, List<string> news)
    {
        _noticed[(int)interference.Kind]++;
        if (interference.Kind != InterferenceKind.Detached)
            news.Add(interference.Message);
    }

    private IReadOnlyList<Interference> Repair(Attachment attachment, IReadOnlyList<Interference> found, List<string> news)
    {
        var lost = found.Where(one => one.Kind == InterferenceKind.Detached).Select(one => one.Message).ToList();
        try
        {
            _reattached += (ulong)attachment.Reattach(objects);
            news.AddRange(lost.Select(message => message + "; it is attached again, and what passed meanwhile is not counted"));
            return [.. found.Where(one => one.Kind != InterferenceKind.Detached)];
        }
        catch (BpfException refused)
        {
            news.AddRange(lost.Select(message => $"{message}, and cannot be attached again: {refused.Message}"));
            return found;
        }
    }

    // The same object as long as nothing is new: who passes it on need not look inside.
    private void Publish()
    {
        Interference[] present = [.. _present.Values.SelectMany(found => found)];
        if (State.Present.SequenceEqual(present) && State.Noticed.SequenceEqual(_noticed) && State.Reattached == _reattached)
            return;
        State = new InterferenceState { Present = present, Noticed = [.. _noticed], Reattached = _reattached };
    }
}
