using System.Buffers.Binary;
using Rheo.Bpf;
using Rheo.Bpf.Netlink;
using Rheo.Model;
using Rheo.Model.Drops;

namespace Rheo.Capture;

/// <summary>
/// The drop object at work: packets that the kernel lets go, added up there by reason, place and flow, and read from time to time.
/// Threads: one. Kernel: 5.10 or newer with BTF (reasons from 5.17); CAP_BPF and CAP_PERFMON.
/// </summary>
public sealed class DropCapture : IDisposable
{
    private const int BatchSize = 256;

    // The return address that the tracepoint tells may be the byte behind the function's last call.
    private const ulong BeforeReturn = 1;

    private readonly DropKernel _kernel;
    private readonly DropBpf _bpf;
    private readonly List<BpfLink> _links = [];
    private readonly KernelSymbols _symbols = new();

    private DropCapture(DropKernel kernel, DropBpf bpf) => (_kernel, _bpf) = (kernel, bpf);

    /// <summary>Loads the programs and attaches them.</summary>
    /// <exception cref="MissingSupportException">The kernel or our rights do not suffice; the message says what would.</exception>
    public static DropCapture Open()
    {
        var kernel = DropKernel.Read();
        var bpf = DropBpf.Open();
        try
        {
            bpf.Rodata.ConsumedReason = kernel.ConsumedReason;
            bpf.Rodata.HasReason = kernel.HasReason;
            bpf.Rodata.HasSocket = kernel.HasSocket;
            bpf.Load();
            var capture = new DropCapture(kernel, bpf);
            capture._links.Add(TracingLink.Attach(bpf.Programs.DropSkb));
            capture._links.Add(TracingLink.Attach(bpf.Programs.DropXdp));
            return capture;
        }
        catch (BpfException refused)
        {
            bpf.Dispose();
            throw new MissingSupportException(refused.Message, refused);
        }
    }

    /// <summary>All that was dropped so far.</summary>
    public DropSnapshot Read()
    {
        var unixLessMonotonicNs = UnixLessMonotonicNs();
        var places = Places();
        var flows = Flows();
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
    public void Dispose()
    {
        foreach (var link in _links)
            link.Dispose();
        _bpf.Dispose();
    }

    private List<(DropPlace Key, DropCounts Counts)> Places()
    {
        var sums = new List<(DropPlace, DropCounts)>();
        var map = _bpf.Maps.DropPlaces;
        var batches = map.ReadBatches(new DropPlace[BatchSize], new DropCounts[BatchSize * map.CpuCount]);
        while (batches.MoveNext())
        {
            for (var at = 0; at < batches.Keys.Length; at++)
                sums.Add((batches.Keys[at], Sum(batches.Values.Slice(at * map.CpuCount, map.CpuCount))));
        }

        return sums;
    }

    private List<(DropFlow Key, DropCounts Counts)> Flows()
    {
        var found = new List<(DropFlow, DropCounts)>();
        var batches = _bpf.Maps.DropFlows.ReadBatches(new DropFlow[BatchSize], new DropCounts[BatchSize]);
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
            isXdp ? "XDP_EXCEPTION" : DropReasons.Named(_kernel.Name(place.Reason), where), where, (int)place.Ifindex, place.Netns, place.Protocol, flow, counts.Packets, counts.Bytes, (long)counts.LastNs + unixLessMonotonicNs);
    }

    private static DroppedFlow Flow(in DropFlow flow) => new(
        new Endpoint(new Address(flow.Saddr), BinaryPrimitives.ReverseEndianness(flow.Sport)),
        new Endpoint(new Address(flow.Daddr), BinaryPrimitives.ReverseEndianness(flow.Dport)),
        flow.Transport);

    private DropLosses Losses()
    {
        var ledgers = new DropLedger[_bpf.Maps.DropLedger.CpuCount];
        _bpf.Maps.DropLedger.TryGet(0, ledgers);
        var (packets, bytes, flows) = (0UL, 0UL, 0UL);
        foreach (ref readonly var ledger in ledgers.AsSpan())
        {
            packets += ledger.OtherPackets;
            bytes += ledger.OtherBytes;
            flows += ledger.LostFlows;
        }

        return new DropLosses(packets, bytes, flows, (ulong)_bpf.Programs.DropSkb.Statistics().RecursionMisses);
    }

    private static long UnixLessMonotonicNs() =>
        (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100 - (long)(System.Diagnostics.Stopwatch.GetTimestamp() * (1e9 / System.Diagnostics.Stopwatch.Frequency));
}
