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
internal sealed partial class Interfaces : IInterfaces, IDisposable
{
    /// <summary>What goes wrong again and again is counted, not told for ever.</summary>
    private const int MostWarnings = 1000;

    /// <summary>
    /// A hook costs some 12 ms, since the kernel waits for all CPUs to have let go of the list before, and holds the lock of all devices
    /// meanwhile: nothing makes several at once (measured with 1, 2, 4, 8 threads). On a host of hundreds of interfaces the rings must be
    /// read in between.
    /// </summary>
    private static readonly TimeSpan ApplyBudget = TimeSpan.FromMilliseconds(50);

    /// <summary>64 interfaces that are gone: more descriptors are not kept for later, also where interfaces come for ever.</summary>
    private const int MostEnded = 64;

    private const int NoSuchDevice = 19; // ENODEV

    /// <summary>At the start there is nothing to read yet: the interfaces of an ordinary host are attached at once.</summary>
    private static readonly TimeSpan StartBudget = TimeSpan.FromMilliseconds(120);

    private readonly FlowObjects _objects;
    private NamePatterns _patterns;
    private readonly Action _wake;
    private readonly Action<InterfaceNews> _tell;
    private readonly DeviceWatcher _watcher = DeviceWatcher.Open();
    private readonly ConcurrentQueue<DeviceChange> _changes = new();
    private readonly Dictionary<int, Attachment> _wanted = []; // without a hook so far
    private readonly Dictionary<int, Attachment> _attached = [];
    private readonly AttachQueue _queue = new();
    private readonly HookWorkers _workers;
    private readonly ConcurrentQueue<NewHook> _made = new(); // by the workers
    private readonly Queue<Attachment> _ended = new(); // of interfaces that are gone
    private bool _areLinks; // an interface's two hooks may be made at the same time: filters share a qdisc, links nothing
    private int _underWay; // hooks that the workers make, or have made since the last look
    private readonly DeviceNames _names = new();
    private readonly List<string> _warnings = [];
    private readonly HashSet<string> _told = [];
    private readonly HookAudit _audit;
    private readonly ProgramSampler _sampler;
    private readonly Thread _thread;
    private volatile bool _stopping;
    private bool _tunnelsChanged = true;

    internal Interfaces(
        FlowObjects objects, NamePatterns patterns, Action wake, Action<InterfaceNews> tell, TimeSpan sampleInterval, bool goesOn, Action? threadBegins)
    {
        (_objects, _patterns, _wake, _tell) = (objects, patterns, wake, tell);
        _audit = new HookAudit(objects, wake);
        _workers = new HookWorkers(wake);
        _sampler = new ProgramSampler(objects, sampleInterval);
        Start(goesOn);
        _thread = new Thread(() => Watch(threadBegins)) { IsBackground = true, Name = "interfaces" };
        _thread.Start();
    }

    public IReadOnlyList<string> Attached => [.. _attached.Values.Select(attachment => attachment.Description).Order(StringComparer.Ordinal)];

    public IReadOnlyList<string> Warnings => _warnings;

    public List<int> Gone { get; } = [];

    public bool IsAttaching => HasNew || _audit.IsMending;

    public string Name(int index) => _names[index];

    public void Apply()
    {
        Apply(ApplyBudget);
        if (_audit.IsMending)
            Audit();
    }

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
            WarnMissing(missing);
        foreach (var device in devices)
            _changes.Enqueue(new DeviceChange(DeviceChangeKind.Changed, device));
    }

    public void Audit()
    {
        foreach (var line in _audit.Look(_attached, HasNew))
            Tell(line);
        _sampler.Look();
    }

    public InterferenceState Interference => _audit.State;

    /// <summary>Until <see cref="Audit"/> has something to do.</summary>
    internal TimeSpan Patience => _audit.Patience < _sampler.Patience ? _audit.Patience : _sampler.Patience;

    public ProgramSample Sample => _sampler.Sample;

    public void Dispose()
    {
        _stopping = true;
        _watcher.Wake();
        _thread.Join();
        _watcher.Dispose();
        _sampler.Dispose();
        _audit.Dispose();
        _workers.Dispose();
        Settle();
        foreach (var attachment in _ended.Concat(_attached.Values))
            attachment.Dispose();
        _ended.Clear();
        _attached.Clear();
    }

    /// <summary>The interfaces that are there: a plain name that is missing is an error, unless the version before went on without it.</summary>
    private void Start(bool goesOn)
    {
        var changes = new List<DeviceChange>();
        _watcher.Read(changes, TimeSpan.Zero);
        var names = changes.Where(change => change.Device is not null).Select(change => change.Device!.Name).ToList();
        if (_patterns.FirstMissing(names) is { } missing)
        {
            if (!goesOn)
            {
                _watcher.Dispose();
                throw new UnknownInterfaceException(missing, names);
            }

            WarnMissing(missing);
        }

        // Those that carry the most first: where there are many, their flows show while the others are still being attached.
        foreach (var change in changes.OrderByDescending(change => change.Device?.IsUp).ThenByDescending(Carried))
            _changes.Enqueue(change);
        ApplyHere(StartBudget);
    }

    private static ulong Carried(DeviceChange change) =>
        change.Device is { } device ? device.Counters.ReceivedPackets + device.Counters.SentPackets : 0;

    private bool HasNew => !_changes.IsEmpty || _queue.Count > 0 || _underWay > 0;

    // It needs no right: its sockets are there.
    private void Watch(Action? begins)
    {
        begins?.Invoke();
        var changes = new List<DeviceChange>();
        while (!_stopping)
        {
            if (_watcher.Read(changes, Timeout.InfiniteTimeSpan) == 0)
                continue;
            foreach (var change in changes)
                _changes.Enqueue(change);
            changes.Clear();
            _workers.Wake();
            _wake();
        }
    }

    private static InterfaceNews News(Attachment attachment) => new(
        attachment.Device.Index, attachment.Device.Name, attachment.Description, TerminatedTunnels.Find(attachment.Device), IsGone: false);

    private void WarnMissing(string name) => Warn($"there is no interface {Text.Printable(name)}; it is watched when it comes");

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
