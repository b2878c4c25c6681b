namespace Rheo.Model.Connections;

/// <summary>
/// Duplicate acknowledgements as they are seen on the wire, by addresses and ports: sockets keep no count of them. Threads: one.
/// </summary>
/// <remarks>Memory: about 80 bytes for each way between two ends that had some, as many as the kernel keeps.</remarks>
public sealed class DuplicateAcks
{
    /// <summary>10 ms: so much may two readings of the clocks differ.</summary>
    private const long ClockNs = 10_000_000;

    private readonly Dictionary<(Endpoint From, Endpoint To), (uint Count, long LastNs)> _ways = [];

    /// <summary>All that were seen, also those of ways that are forgotten.</summary>
    public ulong Total { get; private set; }

    /// <summary>All ways are told anew.</summary>
    /// <param name="total">What was seen up to now.</param>
    public void Begin(ulong total)
    {
        Total = total;
        _ways.Clear();
    }

    /// <summary>Those that one end sent the other.</summary>
    /// <param name="from">Who lacks something.</param>
    /// <param name="to">Who has sent it.</param>
    /// <param name="count">How many.</param>
    /// <param name="lastNs">When the last one came, Unix ns: before that of a connection they were another's of the same ports.</param>
    public void Add(in Endpoint from, in Endpoint to, uint count, long lastNs) => _ways[(from, to)] = (count, lastNs);

    /// <summary>Those that this end of a connection was sent.</summary>
    public uint Of(in ConnectionFigures figures) =>
        _ways.Count > 0 && _ways.TryGetValue((figures.Remote, figures.Local), out var way) && way.LastNs > figures.OpenedNs - ClockNs ? way.Count : 0;
}
