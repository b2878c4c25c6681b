using Rheo.Capture;
using Rheo.Model;

namespace Rheo.Agent;

/// <summary>The running kernel as a traffic source.</summary>
public sealed class FlowCaptureSource : ITrafficSource
{
    private readonly FlowCapture _capture;

    private FlowCaptureSource(FlowCapture capture) => _capture = capture;

    /// <inheritdoc/>
    public IReadOnlyList<string> Attached => _capture.Attached;

    /// <inheritdoc/>
    public bool IsAttaching => _capture.IsAttaching;

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings => _capture.Warnings;

    /// <inheritdoc/>
    public ConversationTable Conversations => _capture.Conversations;

    /// <inheritdoc/>
    public InterfaceTotals Interfaces => _capture.Totals;

    /// <inheritdoc/>
    public Ledger Ledger => _capture.Ledger;

    /// <inheritdoc/>
    public CaptureHealth Health => _capture.Health;

    /// <inheritdoc/>
    public long ScannedNs => _capture.ScannedNs;

    /// <summary>Loads the programs and attaches them.</summary>
    /// <exception cref="MissingSupportException">The kernel or our rights do not suffice.</exception>
    /// <exception cref="UnknownInterfaceException">An interface asked for by name is not there.</exception>
    public static FlowCaptureSource Open(TrafficSourceOptions options)
    {
        var capture = new CaptureOptions
        {
            Interfaces = options.Interfaces,
            Exclude = options.Exclude,
            TableEntries = options.TableEntriesPerCpu > 0 ? options.TableEntriesPerCpu : CaptureOptions.DefaultTableEntries,
            ScanInterval = options.ScanInterval,
            SampleInterval = options.SampleInterval,
        };
        return new FlowCaptureSource(FlowCapture.Open(capture, new ConversationTable(options.Table, options.Ended)));
    }

    /// <inheritdoc/>
    public void Poll(TimeSpan wait) => _capture.Poll(wait);

    /// <inheritdoc/>
    public void Scan() => _capture.Scan();

    /// <inheritdoc/>
    public void Wake() => _capture.Wake();

    /// <inheritdoc/>
    public string InterfaceName(int interfaceIndex) => _capture.InterfaceName(interfaceIndex);

    /// <inheritdoc/>
    public void Dispose() => _capture.Dispose();
}
