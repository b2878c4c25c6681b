using Rheo.Capture;
using Rheo.Journal;
using Rheo.Model;
using Rheo.Model.Connections;
using Rheo.Model.Owners;

namespace Rheo.Agent;

/// <summary>The running kernel as a traffic source.</summary>
public sealed class FlowCaptureSource : ITrafficSource, ILegacyHeir
{
    private readonly FlowCapture _capture;
    private readonly PartReaders _parts;
    private readonly WarningLog _warnings;
    private readonly EndCounts? _ended;
    private readonly int _maxConnections;
    private bool _sharesMaps;
    private Action? _began;
    private long _partsScannedNs;
    private bool _areQuiet; // the parts
    private ConnectionTable? _connections;
    private PartLoader? _loader; // until the parts of this process are loaded

    private FlowCaptureSource(FlowCapture capture, PartReaders parts, TrafficSourceOptions options, Action? began = null)
    {
        (_capture, _parts, _ended, _began) = (capture, parts, options.Ended as EndCounts, began);
        _warnings = new WarningLog(() => capture.Warnings, () => parts.Warnings);
        _maxConnections = options.MaxConnections;
        TendParts();
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Attached => _capture.Attached;

    /// <inheritdoc/>
    public bool IsAttaching => _capture.IsAttaching;

    /// <inheritdoc/>
    public bool IsResting => _areQuiet && _capture.IsResting;

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings => _warnings.Lines;

    /// <inheritdoc/>
    public ConversationTable Conversations => _capture.Conversations;

    /// <inheritdoc/>
    public InterfaceTotals Interfaces => _capture.Totals;

    /// <inheritdoc/>
    public Ledger Ledger { get; private set; } = Ledger.Empty;

    /// <inheritdoc/>
    public CaptureHealth Health => _capture.Health;

    /// <inheritdoc/>
    public IReadOnlyList<PartState> Parts => _parts.States;

    /// <inheritdoc/>
    public long ScannedNs => _capture.ScannedNs;

    /// <inheritdoc/>
    public ITrafficJournal? Journal
    {
        set => _capture.Journal = value;
    }

    /// <summary>Loads the programs and attaches them.</summary>
    /// <exception cref="MissingSupportException">The kernel or our rights do not suffice.</exception>
    /// <exception cref="UnknownInterfaceException">An interface asked for by name is not there.</exception>
    public static FlowCaptureSource Open(TrafficSourceOptions options)
    {
        // Each on a CPU: the verifier takes as long for the parts as for the flow programs.
        var loader = PartLoader.Begin(options.Parts);
        FlowCapture? capture = null;
        try
        {
            if (!options.FlowsFirst)
                loader.Go();
            capture = FlowCapture.Open(Capture(options), new ConversationTable(options.Table, options.Ended));
            var source = new FlowCaptureSource(capture, PartReaders.Begin(options.Parts), options) { _loader = loader };
            if (!options.FlowsFirst)
                source.TakeParts();
            return source;
        }
        catch
        {
            capture?.Dispose();
            loader.Dispose();
            throw;
        }
    }

    // Those that this process loads.
    private void TakeParts()
    {
        _parts.Receive(_loader!.Take());
        _loader.Dispose();
        _loader = null;
        TendParts();
    }

    /// <summary>What is loaded and attached for these options.</summary>
    internal static CaptureOptions Capture(TrafficSourceOptions options) => new()
    {
        Interfaces = options.Interfaces,
        Exclude = options.Exclude,
        TableEntries = options.TableEntriesPerCpu > 0 ? options.TableEntriesPerCpu : CaptureOptions.DefaultTableEntries,
        ScanInterval = options.ScanInterval,
        QuietInterval = options.QuietInterval,
        SampleInterval = options.SampleInterval,
    };

    /// <summary>Reads what another process attached.</summary>
    /// <param name="kernel">The kernel objects that it handed over.</param>
    /// <param name="interfaces">What it tells of the interfaces.</param>
    /// <param name="parts">The optional parts that it handed over.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="began">Called after the first scan.</param>
    public static FlowCaptureSource Read(
        FlowKernel kernel, ToldInterfaces interfaces, PartReaders parts, TrafficSourceOptions options, Action began) =>
        new(FlowCapture.Read(kernel, interfaces, Capture(options), new ConversationTable(options.Table, options.Ended)), parts, options, began);

    /// <summary>Takes over what the capture before has written. Before the first scan.</summary>
    /// <param name="from">Where it stands.</param>
    /// <param name="sharesMaps">This one reads the same tables of the kernel.</param>
    /// <exception cref="InvalidDataException">It is not whole, or of another version.</exception>
    internal void Inherit(Stream from, bool sharesMaps)
    {
        _sharesMaps = sharesMaps;
        new LegacyReader(this, wantsSlots: sharesMaps).Read(from);
    }

    /// <summary>Reads to the end, and writes all that was counted for the capture that goes on. Nothing may be read afterwards.</summary>
    internal void Bequeath(Stream into)
    {
        // Twice: what was being replaced at the first look stands still at the second, where nothing counts any more.
        _capture.Scan();
        _capture.Scan();
        SumBooks(); // of these two as well
        var writer = new LegacyWriter(into, ScannedNs);
        writer.Write(Conversations);
        foreach (var slot in _capture.Bequeath())
            writer.Write(in slot, Conversations);
        writer.Write(Interfaces);
        writer.Write(Ledger, _capture.ToldAndLost, _ended?.Copy() ?? []);
        writer.End();
    }

    /// <inheritdoc/>
    public void Inherit(in SlotPast past) => _capture.Inherit(in past);

    /// <inheritdoc/>
    public void Inherit(Ledger ledger, Traffic toldAndLost, IReadOnlyList<ulong> ended)
    {
        _capture.Inherit(ledger, toldAndLost, _sharesMaps);
        _ended?.Add(ended);
    }

    /// <inheritdoc/>
    public T? Part<T>()
        where T : class => _parts.Get<T>();

    /// <inheritdoc/>
    public void AwaitParts(TimeSpan most) => _parts.Await(most);

    /// <inheritdoc/>
    public void Poll(TimeSpan wait)
    {
        _capture.Poll(wait, isQuiet: _areQuiet && _loader is null);
        if (_loader is { IsDone: true })
            TakeParts();
        ReadParts();
    }

    /// <inheritdoc/>
    public void Scan()
    {
        _capture.Scan();
        ReadParts();
        _began?.Invoke();
        _began = null;
    }

    /// <inheritdoc/>
    public void Wake() => _capture.Wake();

    /// <inheritdoc/>
    public string InterfaceName(int interfaceIndex) => _capture.InterfaceName(interfaceIndex);

    /// <inheritdoc/>
    public void Dispose()
    {
        _loader?.Dispose();
        _parts.Dispose();
        _capture.Dispose();
    }

    private void ReadParts()
    {
        if (_connections is not null)
            _capture.ReadAcks(); // first: the end of a connection takes what it had along
        _areQuiet = !_parts.Drain();
        if (_partsScannedNs == ScannedNs)
            return;
        _partsScannedNs = ScannedNs;
        _loader?.Go(); // flows were read, and may be shown
        _parts.Scan(ScannedNs);
        SumBooks();
        TendParts();
    }

    private void SumBooks() => Ledger = _capture.Ledger with { Losses = [.. _capture.Ledger.Losses, .. _parts.Losses] };

    // A part that failed is not asked any more; what is known stays known.
    private void TendParts()
    {
        Conversations.Owners = _parts.Get<ISocketOwners>();
        _connections = _parts.Get<TcpCapture>()?.Table;
        if (_connections is null)
            return;
        _connections.MaxConnections = _maxConnections;
        _connections.Acks = _capture.Acks;
    }
}
