using System.Buffers.Binary;
using Rheo.Bpf;
using Rheo.Bpf.Netlink;
using Rheo.Model;
using Rheo.Model.Drops;

namespace Rheo.Capture;

/// <summary>
/// The drop object read: packets that the kernel lets go, added up there by reason, place and flow. Loading and attaching it is
/// <see cref="DropHooks"/>'. Threads: one. Kernel: no capability from 5.19 on, where bpf(2) lets who has a map's descriptor read it.
/// </summary>
public sealed class DropCapture : IPartReader
{
    private const int BatchSize = 256;

    // The return address that the tracepoint tells may be the byte behind the function's last call.
    private const ulong BeforeReturn = 1;

    private readonly IDisposable? _hooks; // those of this process; another's stay its own
    private readonly PerCpuMap<DropPlace, DropCounts> _places;
    private readonly BpfMap<DropFlow, DropCounts> _flows;
    private readonly PerCpuMap<uint, DropLedger> _ledger;
    private readonly BpfProgram _program;
    private readonly DropReasonNames _reasons;
    private readonly KernelSymbols _symbols = new();

    internal DropCapture(HandedObject handed, IDisposable? hooks = null)
    {
        _hooks = hooks;
        _places = new(handed.Map(Maps[0]));
        _flows = new(handed.Map(Maps[1]));
        _ledger = new(handed.Map(Maps[2]));
        _program = handed.Program("drop_skb");
        _reasons = new(handed.Facts);
    }

    /// <summary>The maps that it reads.</summary>
    internal static IReadOnlyList<string> Maps { get; } = ["drop_places", "drop_flows", "drop_ledger"];

    /// <summary>What was dropped as of the last scan, without the flows.</summary>
    public DropSnapshot Latest { get; private set; } = new([], [], default);

    /// <summary>Loads the programs, attaches them, and reads what they count.</summary>
    /// <exception cref="MissingSupportException">The kernel or our rights do not suffice; the message says what would.</exception>
    public static DropCapture Open()
    {
        var hooks = DropHooks.Open();
        return new DropCapture(hooks.Handed, hooks);
    }

    /// <inheritdoc/>
    public void Scan(long nowNs) => Latest = Read(withFlows: false);

    /// <summary>All that was dropped so far.</summary>
    /// <param name="withFlows">The flows too, which are many.</param>
    public DropSnapshot Read(bool withFlows = true)
    {
        var unixLessMonotonicNs = UnixLessMonotonicNs();
        var places = Places();
        var flows = withFlows ? Flows() : [];
        var locations = places.Select(place => place.Key.Location).Concat(flows.Select(flow => flow.Key.Place.Location));
        _symbols.Find(locations.Where(location => location != 0).Select(location => location - BeforeReturn));
        return new DropSnapshot(
            [.. places.Select(pair => Total(pair.Key, null, pair.Counts, unixLessMonotonicNs))],
            [.. flows.Select(pair => Total(pair.Key.Place, Flow(pair.Key), pair.Counts, unixLessMonotonicNs))],
            Losses());
    }

    /// <summary>The present name of an interface of this namespace; <c>if7</c> when there is none.</summary>
    public static string InterfaceName(int index) => NetworkDevices.Find(index)?.Name ?? $"if{index}";

    /// <inheritdoc/>
    public void Dispose() => _hooks?.Dispose();

    private List<(DropPlace Key, DropCounts Counts)> Places()
    {
        var sums = new List<(DropPlace, DropCounts)>();
        var batches = _places.ReadBatches(new DropPlace[BatchSize], new DropCounts[BatchSize * _places.CpuCount]);
        while (batches.MoveNext())
        {
            for (var at = 0; at < batches.Keys.Length; at++)
                sums.Add((batches.Keys[at], Sum(batches.Values.Slice(at * _places.CpuCount, _places.CpuCount))));
        }

        return sums;
    }

    private List<(DropFlow Key, DropCounts Counts)> Flows()
    {
        var found = new List<(DropFlow, DropCounts)>();
        var batches = _flows.ReadBatches(new DropFlow[BatchSize], new DropCounts[BatchSize]);
        while (batches.MoveNext())
        {
            for (var at = 0; at < batches.Keys.Length; at++)
                found.Add((batches.Keys[at], batches.Values[at]));
        }

        return found;
    }

    private static DropCounts Sum(ReadOnlySpan<DropCounts> cpus)
    {
        var sum = default(DropCounts);
        foreach (ref readonly var cpu in cpus)
        {
            sum.Packets += cpu.Packets;
            sum.Bytes += cpu.Bytes;
            sum.LastNs = Math.Max(sum.LastNs, cpu.LastNs);
        }

        return sum;
    }

    private DropTotal Total(in DropPlace place, DroppedFlow? flow, in DropCounts counts, long unixLessMonotonicNs)
    {
        var isXdp = place.Hook == (ushort)DropHook.Xdp;
        var where = isXdp ? "xdp" : _symbols.Name(place.Location - BeforeReturn);
        return new DropTotal(
            isXdp ? "XDP_EXCEPTION" : DropReasons.Named(_reasons.Name(place.Reason), where), where, (int)place.Ifindex, place.Netns, place.Protocol, flow, counts.Packets, counts.Bytes, (long)counts.LastNs + unixLessMonotonicNs);
    }

    private static DroppedFlow Flow(in DropFlow flow) => new(
        new Endpoint(new Address(flow.Saddr), BinaryPrimitives.ReverseEndianness(flow.Sport)),
        new Endpoint(new Address(flow.Daddr), BinaryPrimitives.ReverseEndianness(flow.Dport)),
        flow.Transport);

    private DropLosses Losses()
    {
        var ledgers = new DropLedger[_ledger.CpuCount];
        _ledger.TryGet(0, ledgers);
        var (packets, bytes, flows) = (0UL, 0UL, 0UL);
        foreach (ref readonly var ledger in ledgers.AsSpan())
        {
            packets += ledger.OtherPackets;
            bytes += ledger.OtherBytes;
            flows += ledger.LostFlows;
        }

        return new DropLosses(packets, bytes, flows, (ulong)_program.Statistics().RecursionMisses);
    }

    private static long UnixLessMonotonicNs() =>
        (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100 - (long)(System.Diagnostics.Stopwatch.GetTimestamp() * (1e9 / System.Diagnostics.Stopwatch.Frequency));
}
