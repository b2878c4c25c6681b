using Rheo.Capture;
using Rheo.Model;
using Rheo.Model.Owners;

namespace Rheo.Agent;

/// <summary>The running kernel as a traffic source.</summary>
public sealed class FlowCaptureSource : ITrafficSource
{
    private readonly FlowCapture _capture;
    private readonly PartReaders _parts;
    private readonly WarningLog _warnings;
    private Action? _began;
    private long _partsScannedNs;

    private FlowCaptureSource(FlowCapture capture, PartReaders parts, Action? began = null)
    {
        (_capture, _parts, _began) = (capture, parts, began);
        _warnings = new WarningLog(() => capture.Warnings, () => parts.Warnings);
        Owners = parts.Get<ISocketOwners>();
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Attached => _capture.Attached;

    /// <inheritdoc/>
    public bool IsAttaching => _capture.IsAttaching;

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings => _warnings.Lines;

    /// <inheritdoc/>
    public ConversationTable Conversations => _capture.Conversations;

    /// <inheritdoc/>
    public ISocketOwners? Owners
    {
        get => Conversations.Owners;
        set => Conversations.Owners = value;
    }

    /// <inheritdoc/>
    public InterfaceTotals Interfaces => _capture.Totals;

    /// <inheritdoc/>
    public Ledger Ledger => _capture.Ledger;

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
    public static FlowCaptureSource Open(TrafficSourceOptions options) =>
        new(FlowCapture.Open(Capture(options), new ConversationTable(options.Table, options.Ended)), PartReaders.Open(options.Parts));

    /// <summary>What is loaded and attached for these options.</summary>
    internal static CaptureOptions Capture(TrafficSourceOptions options) => new()
    {
        Interfaces = options.Interfaces,
        Exclude = options.Exclude,
        TableEntries = options.TableEntriesPerCpu > 0 ? options.TableEntriesPerCpu : CaptureOptions.DefaultTableEntries,
        ScanInterval = options.ScanInterval,
        SampleInterval = options.SampleInterval,
    };

    /// <summary>Reads what another process attached.</summary>
    /// <param name="kernel">The kernel objects that it handed over.</param>
    /// <param name="interfaces">What it tells of the interfaces.</param>
    /// <param name="parts">The optional parts that it handed over.</param>
    /// <param name="scanInterval">How often the tables are read.</param>
    /// <param name="conversations">What the flows become.</param>
    /// <param name="began">Called after the first scan.</param>
    public static FlowCaptureSource Read(
        FlowKernel kernel, ToldInterfaces interfaces, PartReaders parts, TimeSpan scanInterval, ConversationTable conversations, Action began) =>
        new(FlowCapture.Read(kernel, interfaces, scanInterval, conversations), parts, began);

    /// <inheritdoc/>
    public T? Part<T>()
        where T : class => _parts.Get<T>();

    /// <inheritdoc/>
    public void Poll(TimeSpan wait)
    {
        _capture.Poll(wait);
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
        _parts.Dispose();
        _capture.Dispose();
    }

    private void ReadParts()
    {
        _parts.Drain();
        if (_partsScannedNs == ScannedNs)
            return;
        _partsScannedNs = ScannedNs;
        _parts.Scan(ScannedNs);
    }
}
