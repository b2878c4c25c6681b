using System.Collections.Concurrent;
using System.Diagnostics;
using Rheo.Bpf;
using Rheo.Bpf.Netlink;
using Rheo.Model;

namespace Rheo.Capture;

/// <summary>
/// Keeps the flow programs on every interface that is wanted: those there at start, new ones as they appear, none that are gone.
/// A thread of its own waits for rtnetlink; all else belongs to the polling thread.
/// </summary>
internal sealed class Interfaces : IInterfaces, IDisposable
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
    private NamePatterns _patterns;
    private readonly Action _wake;
    private readonly Action<InterfaceNews> _tell;
    private readonly DeviceWatcher _watcher = DeviceWatcher.Open();
    private readonly ConcurrentQueue<DeviceChange> _changes = new();
    private readonly Dictionary<int, Attachment> _attached = [];
    private readonly DeviceNames _names = new();
    private readonly List<string> _warnings = [];
    private readonly HashSet<string> _told = [];
    private readonly HookAudit _audit;
    private readonly ProgramSampler _sampler;
    private readonly Thread _thread;
    private volatile bool _stopping;
    private bool _tunnelsChanged = true;

    internal Interfaces(
        FlowObjects objects, NamePatterns patterns, Action wake, Action<InterfaceNews>? tell = null, TimeSpan sampleInterval = default)
    {
        (_objects, _patterns, _wake, _tell) = (objects, patterns, wake, tell ?? (_ => { }));
        _audit = new HookAudit(objects);
        _sampler = new ProgramSampler(objects, sampleInterval);
        Start();
        _thread = new Thread(Watch) { IsBackground = true, Name = "interfaces" };
        _thread.Start();
    }

    public IReadOnlyList<string> Attached => [.. _attached.Values.Select(attachment => attachment.Description).Order(StringComparer.Ordinal)];

    public IReadOnlyList<string> Warnings => _warnings;

    public List<int> Gone { get; } = [];

    public bool IsAttaching => !_changes.IsEmpty;

    public string Name(int index) => _names[index];

    public void Apply() => Apply(ApplyBudget);

    public IReadOnlySet<TunnelId>? TakeTunnels()
    {
        if (!_tunnelsChanged)
            return null;
        _tunnelsChanged = false;
        return _attached.Values.Select(attachment => TerminatedTunnels.Find(attachment.Device)).OfType<TunnelId>().ToHashSet();
    }

    /// <summary>All that has to be told of what is there now, to one who did not listen so far.</summary>
    internal IEnumerable<InterfaceNews> Everything() => _attached.Values.Select(News);

    /// <summary>What a successor needs to take the attachments over.</summary>
    internal IReadOnlyList<InheritedLink> Links => [.. _attached.Values.SelectMany(attachment => attachment.Links)];

    /// <summary>
    /// Watches by other patterns from now on. All devices are looked at again as if they had just changed; one that went meanwhile
    /// fails to attach, and its end is on its way.
    /// </summary>
    internal void Choose(NamePatterns patterns)
    {
        _patterns = patterns;
        var devices = NetworkDevices.List();
        if (patterns.FirstMissing([.. devices.Select(device => device.Name)]) is { } missing)
            Warn($"there is no interface {Text.Printable(missing)}; it is watched when it comes");
        foreach (var device in devices)
            _changes.Enqueue(new DeviceChange(DeviceChangeKind.Changed, device));
    }

    public void Audit()
    {
        foreach (var line in _audit.Look(_attached))
            Tell(line);
        _sampler.Look();
    }

    public InterferenceState Interference => _audit.State;

    public ProgramSample Sample => _sampler.Sample;

    public void Dispose()
    {
        _stopping = true;
        _watcher.Wake();
        _thread.Join();
        _watcher.Dispose();
        _sampler.Dispose();
        foreach (var attachment in _attached.Values)
            attachment.Dispose();
        _attached.Clear();
    }

    private void Apply(TimeSpan budget)
    {
        var start = Stopwatch.GetTimestamp();
        while (_changes.TryDequeue(out var change))
        {
            Apply(change);
            if (Stopwatch.GetElapsedTime(start) > budget)
                return;
        }

        _objects.ReleaseInherited(); // what is left is of no interface that is wanted
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
            Lose(device.Index);
        else
            Keep(device);
    }

    private void Keep(NetworkDevice device)
    {
        _names.Came(device.Index, device.Name);
        _tunnelsChanged |= device.Tunnel is not null;
        var wanted = _patterns.Wants(device.Name);
        if (_attached.TryGetValue(device.Index, out var attachment))
        {
            attachment.Device = device;
            if (wanted)
                _tell(News(attachment));
            else
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
            _tell(News(_attached[device.Index] = Attachment.Attach(device, _objects)));
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

    private void Lose(int index)
    {
        Release(index);
        _names.Went(index);
    }

    private void Release(int index)
    {
        if (!_attached.Remove(index, out var attachment))
            return;
        _tunnelsChanged |= attachment.Device.Tunnel is not null;
        attachment.Dispose();
        Gone.Add(index);
        _tell(new InterfaceNews(index, "", null, null, IsGone: true));
    }

    private static InterfaceNews News(Attachment attachment) => new(
        attachment.Device.Index, attachment.Device.Name, attachment.Description, TerminatedTunnels.Find(attachment.Device), IsGone: false);

    private void Warn(string line)
    {
        if (_told.Count < MostWarnings && _told.Add(line))
            Tell(line);
    }

    private void Tell(string line)
    {
        if (_warnings.Count < MostWarnings)
            _warnings.Add(line);
    }
}
