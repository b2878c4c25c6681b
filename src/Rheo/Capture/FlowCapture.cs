using System.Diagnostics;
using Rheo.Bpf;
using Rheo.Model;
using Rheo.Model.Connections;

namespace Rheo.Capture;

/// <summary>
/// The flow object at work: attached to every interface, its tables and rings read into the model. Threads: one polling thread;
/// <see cref="Wake"/> from any. Kernel: 5.10 or newer with BTF; CAP_BPF, CAP_PERFMON and CAP_NET_ADMIN to begin.
/// </summary>
public sealed class FlowCapture : IDisposable
{
    /// <summary>Under load the rings are emptied this often: 2 ms of a flood that replaces five million flows a second is a fifth of the ring.</summary>
    private static readonly TimeSpan BusyWait = TimeSpan.FromMilliseconds(2);

    /// <summary>Four wake-ups a second where something flows, and those for the scan; the ring calls earlier when two MiB have come together.</summary>
    private static readonly TimeSpan IdleWait = TimeSpan.FromMilliseconds(250);

    /// <summary>Where nothing was told at all: rings that do not call hold what may come in this time, 14,000 ends of connections.</summary>
    private static readonly TimeSpan QuietWait = TimeSpan.FromMilliseconds(500);

    /// <summary>More records than this in one round: the next one comes soon.</summary>
    private const long BusyRecords = 4096;

    private readonly FlowKernel _kernel;
    private readonly IInterfaces _interfaces;
    private readonly IDisposable? _hooks; // those of this process; another's stay its own
    private readonly RingWaiter _waiter;
    private readonly KernelTime _time;
    private readonly SlotReader<FlowSlot, FlowSet, NarrowShape> _narrow;
    private readonly SlotReader<WideSlot, WideSet, WideShape> _wide;
    private readonly FlowRingReader _flowReader;
    private readonly TcpRingReader _tcpReader;
    private readonly Schedule _scans;
    private readonly HealthBook _health;
    private readonly FlowFeed _feed;
    private readonly AckCounts _acks;
    private readonly Insertions _insertions = new();
    private Ledger _before = Ledger.Empty; // books of tables that are gone
    private Ledger _books = Ledger.Empty;
    private bool _busy;
    private bool _isQuiet; // the last round found nothing

    private FlowCapture(FlowKernel kernel, IInterfaces interfaces, IDisposable? hooks, Schedule scans, ConversationTable conversations)
    {
        (_kernel, _interfaces, _hooks, Conversations) = (kernel, interfaces, hooks, conversations);
        _scans = scans;
        _waiter = new RingWaiter(kernel.FlowRing, kernel.TcpRing);
        _time = new KernelTime(kernel);
        _time.Refresh();
        _feed = new FlowFeed(conversations, Totals, _time);
        _narrow = new(kernel.Flows, _feed);
        _wide = new(kernel.Wides, _feed);
        _flowReader = new(kernel.FlowRing, _narrow, _wide);
        _tcpReader = new(kernel.TcpRing, conversations, _time);
        _health = new(kernel.FlowRing, kernel.TcpRing);
        _acks = new(kernel, _time);
    }

    /// <summary>What the flows become.</summary>
    public ConversationTable Conversations { get; }

    /// <summary>Packets and bytes by interface, direction and kind.</summary>
    public InterfaceTotals Totals { get; } = new();

    /// <summary>What is attached and how, a line each, by name.</summary>
    public IReadOnlyList<string> Attached => _interfaces.Attached;

    /// <summary>More interfaces are there than are attached yet; each round attaches some.</summary>
    public bool IsAttaching => _interfaces.IsAttaching;

    /// <summary>The last round found nothing in the rings, and the last scan nothing new.</summary>
    public bool IsResting => _isQuiet && _scans.IsResting;

    /// <summary>What could not be done, a line each. Only grows.</summary>
    public IReadOnlyList<string> Warnings => _interfaces.Warnings;

    /// <summary>What others have put in our way.</summary>
    public InterferenceState Interference => _interfaces.Interference;

    /// <summary>How the capture itself is doing, as of the last scan.</summary>
    public CaptureHealth Health => _health.Health;

    /// <summary>Hears what is told to the model from now on; null: nobody listens. Threads: the polling thread.</summary>
    public ITrafficJournal? Journal
    {
        get => _feed.Journal;
        set => _feed.Journal = _tcpReader.Journal = value;
    }

    /// <summary>The duplicate acknowledgements that were seen up to the last <see cref="ReadAcks"/>; null: kernels before 5.19 refuse a process without rights.</summary>
    public DuplicateAcks? Acks => _acks.Acks;

    /// <summary>When the last scan was, Unix ns.</summary>
    public long ScannedNs { get; private set; }

    /// <summary>What did not go the ordinary way, as of the last scan.</summary>
    public Ledger Ledger { get; private set; } = Ledger.Empty;

    /// <summary>Loads the programs and attaches them.</summary>
    /// <exception cref="MissingSupportException">The kernel or our rights do not suffice; the message says what would.</exception>
    /// <exception cref="UnknownInterfaceException">An interface asked for by name is not there.</exception>
    public static FlowCapture Open(CaptureOptions options, ConversationTable conversations)
    {
        var hooks = FlowHooks.Open(options);
        try
        {
            var kernel = FlowKernel.Receive(hooks.Handed);
            var capture = new FlowCapture(kernel, hooks.Interfaces, hooks, new Schedule(options.ScanInterval, options.QuietInterval), conversations);
            hooks.WakeBy(capture.Wake);
            return capture;
        }
        catch (Exception refused) when (refused is BpfException or MissingSupportException)
        {
            hooks.Dispose();
            throw refused as MissingSupportException ?? new MissingSupportException(refused.Message, refused);
        }
    }

    /// <summary>Reads what another process has loaded and attached. Needs no capability.</summary>
    /// <param name="kernel">The objects that it handed over; disposed of with this.</param>
    /// <param name="interfaces">What it tells of the interfaces.</param>
    /// <param name="options">How often the tables are read.</param>
    /// <param name="conversations">What the flows become.</param>
    /// <exception cref="MissingSupportException">The kernel does not let this process read.</exception>
    public static FlowCapture Read(FlowKernel kernel, ToldInterfaces interfaces, CaptureOptions options, ConversationTable conversations)
    {
        try
        {
            return new FlowCapture(kernel, interfaces, null, new Schedule(options.ScanInterval, options.QuietInterval), conversations);
        }
        catch (BpfException refused)
        {
            throw new MissingSupportException(refused.Message, refused);
        }
    }

    /// <summary>
    /// One round: waits for news, at most as long as asked; applies changes of interfaces; reads the rings; scans when it is time.
    /// </summary>
    /// <param name="wait">The longest wait.</param>
    /// <param name="isQuiet">Nobody else has heard anything lately, who needs the calling thread.</param>
    public void Poll(TimeSpan wait, bool isQuiet = false)
    {
        _waiter.Wait(Shortest(wait, isQuiet));
        _health.Woke();
        _interfaces.Apply();
        if (_scans.IsDue)
            Scan();
        else
            Drain();
    }

    /// <summary>Tells the model all that was counted up to now.</summary>
    public void Scan()
    {
        var began = Stopwatch.GetTimestamp();
        FollowClock(_time.Refresh());
        Drain();
        if (_interfaces.TakeTunnels() is { } tunnels)
        {
            Conversations.SetTerminatedTunnels(tunnels);
            Journal?.TunnelsChanged(tunnels);
        }

        var ledger = CaptureLedger.Sum(_kernel.Ledger.Span);
        var mayHaveNew = _insertions.MayHaveNew(ledger.Inserted);
        _narrow.Scan(mayHaveNew, _kernel.Ledger.Span);
        _wide.Scan(mayHaveNew, _kernel.Ledger.Span);
        if (Drain())
        {
            _narrow.Settle();
            _wide.Settle();
            _books = CaptureLedger.Publish(in ledger, ToldAndLost, _books);
            Ledger = CaptureLedger.Sum(_before, _books);
        }

        Retire();
        _interfaces.Audit();
        ScannedNs = _time.NowNs;
        Conversations.Tick(ScannedNs);
        Journal?.Scanned(ScannedNs, Ledger);
        _scans.Done(foundNews: _feed.HasTold);
        _feed.HasTold = false;
        _health.Scanned(began, Tables(), _interfaces.Interference, _interfaces.Sample);
    }

    /// <summary>What was told of flows that the ledger counts as lost.</summary>
    public Traffic ToldAndLost => _narrow.ToldAndLost + _wide.ToldAndLost;

    /// <summary>Each slot of which something was told, for who reads the same tables after this. Only where nothing is read any more.</summary>
    public IEnumerable<SlotPast> Bequeath() => _narrow.Bequeath(isWide: false).Concat(_wide.Bequeath(isWide: true));

    /// <summary>Reads on where another capture of the same tables has ended. Before the first scan.</summary>
    public void Inherit(in SlotPast past)
    {
        if (past.IsWide)
            _wide.Inherit(in past);
        else
            _narrow.Inherit(in past);
    }

    /// <summary>Takes over the books of the capture before.</summary>
    /// <param name="ledger">Its books.</param>
    /// <param name="toldAndLost">Its <see cref="ToldAndLost"/>.</param>
    /// <param name="sharesMaps">The kernel goes on with the same books.</param>
    public void Inherit(Ledger ledger, Traffic toldAndLost, bool sharesMaps)
    {
        Ledger = ledger;
        if (sharesMaps)
            _narrow.InheritLost(toldAndLost);
        else
            _before = ledger;
    }

    /// <summary>Reads the duplicate acknowledgements that were seen.</summary>
    public void ReadAcks() => _acks.Read();

    /// <summary>Makes a running or the next <see cref="Poll"/> return at once. From any thread.</summary>
    public void Wake() => _waiter.Wake();

    /// <summary>The name of an interface, also of one that is gone; <c>if7</c> when it was never known.</summary>
    public string InterfaceName(int index) => _interfaces.Name(index);

    /// <summary>Detaches and lets go of everything in the kernel.</summary>
    public void Dispose()
    {
        _hooks?.Dispose();
        _waiter.Dispose();
        _kernel.Dispose();
    }

    private Fill[] Tables() =>
    [
        new("flow", _narrow.Used, _narrow.Capacity), new("wide", _wide.Used, _wide.Capacity),
        new("conversations", Conversations.Count, Conversations.Capacity),
    ];

    private void FollowClock(long step)
    {
        if (step == 0)
            return;
        Conversations.ShiftTime(step);
        _acks.ShiftTime();
        Journal?.ClockSet(step);
    }

    private bool Drain()
    {
        var before = _flowReader.Records;
        var reachedEnd = _flowReader.Drain();
        var hadMoments = _kernel.TcpRing.AvailableBytes > 0;
        _tcpReader.Drain();
        _busy = _flowReader.Records - before > BusyRecords;
        _isQuiet = !hadMoments && _flowReader.Records == before;
        return reachedEnd;
    }

    private TimeSpan Shortest(TimeSpan wait, bool isQuiet)
    {
        if (_interfaces.IsAttaching && _hooks is not null)
            return TimeSpan.Zero;
        var limit = _busy ? BusyWait : IsResting && isQuiet ? QuietWait : IdleWait;
        var untilScan = _scans.Remaining;
        var shortest = wait < limit ? wait : limit;
        return untilScan < shortest ? untilScan : shortest;
    }

    // After a scan and a drain nothing of a gone interface is left to tell.
    private void Retire()
    {
        foreach (var index in _interfaces.Gone)
        {
            Totals.Retire(index);
            Journal?.Retired(index);
            _narrow.ForgetInterface(index);
            _wide.ForgetInterface(index);
        }

        _interfaces.Gone.Clear();
    }
}
