using System.Collections.Concurrent;
using System.Diagnostics;
using Rheo.Bpf;
using Rheo.Bpf.Netlink;

namespace Rheo.Capture;

/// <summary>
/// Keeps the flow programs on every interface that is wanted: those there at start, new ones as they appear, none that are gone.
/// A thread of its own waits for rtnetlink; all else belongs to the polling thread.
/// </summary>
internal sealed class Interfaces : IDisposable
{
    /// <summary>What goes wrong again and again is counted, not told for ever.</summary>
    private const int MostWarnings = 1000;

    /// <summary>
    /// A link costs up to 10 ms, since the kernel waits for all CPUs to have let go of the list before. On a host of hundreds of
    /// interfaces the rings must be read in between.
    /// </summary>
    private static readonly TimeSpan ApplyBudget = TimeSpan.FromMilliseconds(50);

    /// <summary>At the start there is nothing to read yet: the interfaces of an ordinary host are attached at once.</summary>
    private static readonly TimeSpan StartBudget = TimeSpan.FromMilliseconds(120);

    private readonly FlowObjects _objects;
    private readonly NamePatterns _patterns;
    private readonly Action _wake;
    private readonly DeviceWatcher _watcher = DeviceWatcher.Open();
    private readonly ConcurrentQueue<DeviceChange> _changes = new();
    private readonly Dictionary<int, Attachment> _attached = [];
    private readonly Dictionary<int, string> _names = [];
    private readonly HashSet<string> _told = [];
    private readonly HookAudit _audit;
    private readonly Thread _thread;
    private volatile bool _stopping;

    internal Interfaces(FlowObjects objects, NamePatterns patterns, Action wake)
    {
        (_objects, _patterns, _wake) = (objects, patterns, wake);
        _audit = new HookAudit(objects);
        Start();
        _thread = new Thread(Watch) { IsBackground = true, Name = "interfaces" };
        _thread.Start();
    }

    /// <summary>Lines for people: what is attached now.</summary>
    internal IReadOnlyList<string> Attached => [.. _attached.Values.Select(attachment => attachment.Description).Order(StringComparer.Ordinal)];

    /// <summary>What could not be done, or was found amiss, a line each.</summary>
    internal List<string> Warnings { get; } = [];

    /// <summary>Interfaces that went since the last look, to be retired by the caller.</summary>
    internal List<int> Gone { get; } = [];

    /// <summary>The tunnels that this host has devices for changed since the last look.</summary>
    internal bool TunnelsChanged { get; set; } = true;

    internal IEnumerable<NetworkDevice> Devices => _attached.Values.Select(attachment => attachment.Device);

    internal string Name(int index) => _names.TryGetValue(index, out var name) ? name : $"if{index}";

    /// <summary>More is to be applied than one call took on.</summary>
    internal bool HasMore => !_changes.IsEmpty;

    /// <summary>Applies what the watch has found, as much as its time allows. Cheap when there is nothing.</summary>
    internal void Apply() => Apply(ApplyBudget);

    private void Apply(TimeSpan budget)
    {
        var start = Stopwatch.GetTimestamp();
        while (_changes.TryDequeue(out var change))
        {
            Apply(change);
            if (Stopwatch.GetElapsedTime(start) > budget)
                return;
        }
    }

    /// <summary>Looks, when it is time, whether the attachments are still as they were made, and mends them.</summary>
    internal void Audit()
    {
        foreach (var line in _audit.Look(_attached))
            Tell(line);
    }

    /// <summary>What others have put in our way.</summary>
    internal InterferenceState Interference => _audit.State;

    public void Dispose()
    {
        _stopping = true;
        _watcher.Wake();
        _thread.Join();
        _watcher.Dispose();
        foreach (var attachment in _attached.Values)
            attachment.Dispose();
        _attached.Clear();
    }

    /// <summary>The interfaces that are there: a plain name that is missing, or nothing to attach to at all, is an error.</summary>
    private void Start()
    {
        var changes = new List<DeviceChange>();
        _watcher.Read(changes, TimeSpan.Zero);
        var names = changes.Where(change => change.Device is not null).Select(change => change.Device!.Name).ToList();
        if (_patterns.FirstMissing(names) is { } missing)
        {
            _watcher.Dispose();
            throw new UnknownInterfaceException(missing, names);
        }

        // Those that carry the most first: where there are many, their flows show while the others are still being attached.
        foreach (var change in changes.OrderByDescending(change => change.Device?.IsUp).ThenByDescending(Carried))
            _changes.Enqueue(change);
        Apply(StartBudget);
    }

    private static ulong Carried(DeviceChange change) =>
        change.Device is { } device ? device.Counters.ReceivedPackets + device.Counters.SentPackets : 0;

    private void Watch()
    {
        var changes = new List<DeviceChange>();
        while (!_stopping)
        {
            if (_watcher.Read(changes, Timeout.InfiniteTimeSpan) == 0)
                continue;
            foreach (var change in changes)
                _changes.Enqueue(change);
            changes.Clear();
            _wake();
        }
    }

    private void Apply(DeviceChange change)
    {
        if (change.Device is not { } device)
            return; // Resync: what follows brings us up to date
        if (change.Kind == DeviceChangeKind.Gone)
            Release(device.Index);
        else
            Keep(device);
    }

    private void Keep(NetworkDevice device)
    {
        _names[device.Index] = device.Name;
        TunnelsChanged |= device.Tunnel is not null;
        var wanted = _patterns.Wants(device.Name);
        if (_attached.TryGetValue(device.Index, out var attachment))
        {
            attachment.Device = device;
            if (!wanted)
                Release(device.Index);
        }
        else if (wanted)
        {
            Attach(device);
        }
    }

    private void Attach(NetworkDevice device)
    {
        try
        {
            _attached[device.Index] = Attachment.Attach(device, _objects);
        }
        catch (BpfException) when (NetworkDevices.Find(device.Index) is null)
        {
            // It went while we attached; RTM_DELLINK is on its way.
        }
        catch (BpfException refused)
        {
            Warn($"{Text.Printable(device.Name)} is not watched: {refused.Message}");
        }
    }

    private void Release(int index)
    {
        if (!_attached.Remove(index, out var attachment))
            return;
        TunnelsChanged |= attachment.Device.Tunnel is not null;
        attachment.Dispose();
        Gone.Add(index);
    }

    private void Warn(string line)
    {
        if (_told.Add(line))
            Tell(line);
    }

    private void Tell(string line)
    {
        if (Warnings.Count < MostWarnings)
            Warnings.Add(line);
    }
}
