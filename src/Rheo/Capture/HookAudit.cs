using System.Diagnostics;
using Rheo.Bpf;
using Rheo.Bpf.Netlink;

namespace Rheo.Capture;

/// <summary>
/// Looks every few seconds whether all attachments are still as they were made, attaches again what somebody took away, and
/// keeps the books of what stands in the way. Nobody tells of most of these changes, so they are looked for.
/// Cost: a dump for all interfaces and two system calls an interface, some 5 µs an interface.
/// </summary>
/// <param name="objects">What is attached again.</param>
/// <param name="done">Called when there is something to <see cref="Look"/> at, from any thread.</param>
internal sealed class HookAudit(FlowObjects objects, Action done) : IDisposable
{
    /// <summary>Whatever happens is noticed within 5 s, the wait for the next round included.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    /// <summary>Where interfaces come and go a reading itself takes a second or two, since each question waits for the lock of all devices.</summary>
    private static readonly TimeSpan BusyInterval = TimeSpan.FromSeconds(1);

    /// <summary>Repairs wait for that lock, too, on the caller's thread, which has other things to do.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(20);

    private readonly DeviceReader _devices = DeviceReader.Open();
    private HookReading? _reading; // that is under way, or looked through
    private Thread? _reader;
    private Dictionary<int, IReadOnlyList<Interference>> _found = [];
    private readonly ulong[] _noticed = [.. InterferenceState.None.Noticed];
    private Dictionary<int, IReadOnlyList<Interference>> _present = [];
    private long _last = Stopwatch.GetTimestamp() - (long)(Interval.TotalSeconds * Stopwatch.Frequency);
    private ulong _reattached;

    /// <summary>What was found by the last look.</summary>
    internal InterferenceState State { get; private set; } = InterferenceState.None;

    /// <summary>Until there is something to look at; who reads on another thread calls when it is done.</summary>
    internal TimeSpan Patience => _reading is null ? Interval - Stopwatch.GetElapsedTime(_last) : _reading.IsDone ? TimeSpan.Zero : Interval;

    /// <summary>The last look has not come to its end, since that would have taken too long: another one goes on.</summary>
    internal bool IsMending { get; private set; }

    /// <summary>Looks when it is time, for a short time; gives a line for each thing that was not so the last time.</summary>
    /// <param name="attached">What is to be there.</param>
    /// <param name="isBusy">Others come and go, and stand in line for the lock of all devices: another thread waits for it.</param>
    internal IReadOnlyList<string> Look(IReadOnlyDictionary<int, Attachment> attached, bool isBusy)
    {
        _reading ??= Begin(attached, isBusy);
        if (_reading is not { IsDone: true } reading)
            return [];
        IsMending = false;
        var start = Stopwatch.GetTimestamp();
        var news = new List<string>();
        while (reading.Seen.TryDequeue(out var seen))
        {
            if (attached.TryGetValue(seen.Device.Index, out var attachment) && attachment == seen.Look.Attachment)
                _found[seen.Device.Index] = Judge(seen.Device, seen.Look, news);
            IsMending = reading.Seen.Count > 0 && Stopwatch.GetElapsedTime(start) > Slice;
            if (IsMending)
                return news;
        }

        _reading = null;
        if (reading.HasFailed)
            return news;
        _present = _found;
        Publish();
        return news;
    }

    /// <summary>Waits for a reading that is under way.</summary>
    public void Dispose()
    {
        _reader?.Join();
        _devices.Dispose();
    }

    private HookReading? Begin(IReadOnlyDictionary<int, Attachment> attached, bool isBusy)
    {
        if (Stopwatch.GetElapsedTime(_last) < (isBusy ? BusyInterval : Interval))
            return null;
        _last = Stopwatch.GetTimestamp();
        _found = [];
        var looks = attached.ToDictionary(pair => pair.Key, pair => pair.Value.Look());
        var reading = new HookReading(_devices, looks, wantsFilters: attached.Values.Any(attachment => !attachment.UsesTcx));
        if (isBusy)
            ReadBeside(reading);
        else
            reading.Run();
        return reading;
    }

    // With the rights and the namespace of this thread. It ends with the reading.
    private void ReadBeside(HookReading reading)
    {
        _reader = new Thread(() =>
        {
            reading.Run();
            done();
        })
        { IsBackground = true, Name = "audit" };
        _reader.Start();
    }

    private IReadOnlyList<Interference> Judge(NetworkDevice device, HookLook look, List<string> news)
    {
        var found = look.Attachment.Take(look);
        var before = _present.GetValueOrDefault(device.Index, []);
        foreach (var one in found.Where(one => !before.Contains(one)))
            Notice(one, news);
        return found.Any(one => one.Kind == InterferenceKind.Detached) ? Repair(look.Attachment, found, before, news) : found;
    }

    private void Notice(Interference interference, List<string> news)
    {
        _noticed[(int)interference.Kind]++;
        if (interference.Kind != InterferenceKind.Detached)
            news.Add(interference.Message);
    }

    private IReadOnlyList<Interference> Repair(
        Attachment attachment, IReadOnlyList<Interference> found, IReadOnlyList<Interference> before, List<string> news)
    {
        var lost = found.Where(one => one.Kind == InterferenceKind.Detached).ToList();
        try
        {
            _reattached += (ulong)attachment.Reattach(objects);
            news.AddRange(lost.Select(one => one.Message + "; it is attached again, and what passed meanwhile is not counted"));
            return [.. found.Where(one => one.Kind != InterferenceKind.Detached)];
        }
        catch (BpfException refused)
        {
            news.AddRange(lost.Except(before).Select(one => $"{one.Message}, and cannot be attached again: {refused.Message}"));
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
