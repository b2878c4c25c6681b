using Rheo.Bpf;
using Rheo.Model;
using Rheo.Model.Connections;

namespace Rheo.Capture;

/// <summary>
/// Reads the kernel's counts of duplicate acknowledgements into the model, where there are new ones. Threads: the polling thread. Cost: where there are
/// none, a look at each CPU's ledger; else some 0.3 µs for each way between two ends that had some, 4,096 at most.
/// </summary>
internal sealed class AckCounts(FlowKernel kernel, KernelTime time)
{
    private const int BatchEntries = 512;
    private const int NotPermitted = 1;

    private readonly BpfMap<TcpAckKey, TcpAcks> _map = new(kernel.Acks);
    private readonly DuplicateAcks _acks = new();
    private readonly TcpAckKey[] _keys = new TcpAckKey[BatchEntries];
    private readonly TcpAcks[] _values = new TcpAcks[BatchEntries];
    private bool _isStale;
    private bool _isRefused;

    /// <summary>What was read; null: kernels before 5.19 refuse a process without rights.</summary>
    internal DuplicateAcks? Acks => _isRefused ? null : _acks;

    /// <summary>The clock was set: what was read stands at other times now.</summary>
    internal void ShiftTime() => _isStale = _acks.Total > 0;

    /// <summary>Reads what came since the last time.</summary>
    internal void Read()
    {
        try
        {
            if (!_isRefused)
                ReadNew();
        }
        catch (BpfException refused) when (refused.Errno == NotPermitted)
        {
            _isRefused = true;
        }
    }

    private void ReadNew()
    {
        var total = 0UL;
        foreach (ref readonly var ledger in kernel.Ledger.Span)
            total += ledger.DuplicateAcks;
        if (total == _acks.Total && !_isStale)
            return;
        _isStale = false;
        _acks.Begin(total);
        var batches = _map.ReadBatches(_keys, _values);
        while (batches.MoveNext())
            Add(batches.Keys, batches.Values);
    }

    private void Add(ReadOnlySpan<TcpAckKey> keys, ReadOnlySpan<TcpAcks> values)
    {
        for (var at = 0; at < keys.Length; at++)
        {
            ref readonly var key = ref keys[at];
            ref readonly var acks = ref values[at];
            _acks.Add(
                new Endpoint(KeyReader.From(in key.Saddr), KeyReader.Port(key.Sport)), new Endpoint(KeyReader.From(in key.Daddr), KeyReader.Port(key.Dport)),
                acks.Duplicates, time.ToUnixNs(acks.LastNs));
        }
    }
}
