using System.Numerics;
using Rheo.Bpf;

namespace Rheo.Capture;

/// <summary>Opens the flow object, sizes it for this machine, seeds its hash and loads it.</summary>
internal static class FlowObject
{
    /// <summary>Wide flows are rarer and twice as large: a quarter as many.</summary>
    private const int WideShare = 4;

    private const int MinTableEntries = 32;
    private const int MaxTableEntries = 1 << 20;

    internal static FlowBpf Load(int tableEntries) => Load(tableEntries, null, out _);

    /// <param name="tableEntries">Flows that the table holds, a CPU.</param>
    /// <param name="before">What the version before has left; its maps are used where they fit.</param>
    /// <param name="sharesMaps">Whether they did.</param>
    internal static FlowBpf Load(int tableEntries, FlowInheritance? before, out bool sharesMaps)
    {
        var shares = false;
        var loaded = Load(flow =>
        {
            Prepare(flow, tableEntries);
            shares = before is not null && TryShare(flow, before);
        });
        sharesMaps = shares;
        return loaded;
    }

    /// <summary>What this object leaves to the next version.</summary>
    internal static FlowInheritance Leave(FlowBpf flow, IReadOnlyList<InheritedLink> links) => new()
    {
        Layout = Release.RecordsLayout,
        Maps = flow.Object.Maps.Values.Where(map => !map.IsSection).ToDictionary(map => map.Name, map => map.FileDescriptor),
        HashSeed = [.. (ReadOnlySpan<ulong>)flow.Rodata.HashSeed],
        Links = links,
    };

    private static void Prepare(FlowBpf flow, int tableEntries)
    {
        Size(flow, tableEntries);
        HashSeed.Fill(flow.Rodata.HashSeed);
        flow.Programs.FlowIngressL3.AutoLoad = false;
        flow.Programs.FlowEgressL3.AutoLoad = false;
    }

    // All of them or none: a flow's slot, its record and the books belong together.
    private static bool TryShare(FlowBpf flow, FlowInheritance before)
    {
        var ours = flow.Object.Maps.Values.Where(map => !map.IsSection).ToList();
        Span<ulong> seed = flow.Rodata.HashSeed;
        if (before.Layout != Release.RecordsLayout || before.HashSeed.Count != seed.Length || !ours.TrueForAll(map => before.Maps.ContainsKey(map.Name)))
            return false;
        var theirs = ours.ConvertAll(map => BpfMap.FromDescriptor(before.Maps[map.Name], map.Name));
        if (!ours.Zip(theirs).All(pair => HaveOneShape(pair.First, pair.Second)))
            return false;
        foreach (var (our, their) in ours.Zip(theirs))
            our.Reuse(their);
        before.HashSeed.ToArray().CopyTo(seed);
        return true;
    }

    private static bool HaveOneShape(BpfMap one, BpfMap other) =>
        (one.Type, one.KeySize, one.ValueSize, one.MaxEntries, one.Flags) == (other.Type, other.KeySize, other.ValueSize, other.MaxEntries, other.Flags);

    /// <summary>The programs for devices without a link-layer header, over the maps of <paramref name="main"/>.</summary>
    internal static FlowBpf LoadLinkLayerLess(FlowBpf main) => Load(flow =>
    {
        foreach (var map in flow.Object.Maps.Values.Where(map => !map.IsSection))
            map.Reuse(main.Object.Map(map.Name));
        flow.Rodata = main.Rodata;
        foreach (BpfProgram program in (BpfProgram[])[flow.Programs.FlowIngressL2, flow.Programs.FlowEgressL2, flow.Programs.ReadClock])
            program.AutoLoad = false;
    });

    private static FlowBpf Load(Action<FlowBpf> prepare)
    {
        var flow = FlowBpf.Open();
        try
        {
            prepare(flow);
            flow.Load();
            return flow;
        }
        catch
        {
            flow.Dispose();
            throw;
        }
    }

    private static void Size(FlowBpf flow, int tableEntries)
    {
        var cpus = PossibleCpus.Numbers;
        var sets = (int)(BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(tableEntries, MinTableEntries, MaxTableEntries)) / FlowLimit.Ways);
        var wideSets = sets / WideShare;
        flow.Object.Map("flow_table").MaxEntries = cpus * sets;
        flow.Object.Map("wide_table").MaxEntries = cpus * wideSets;
        flow.Object.Map("flow_ledger").MaxEntries = cpus;
        flow.Rodata.FlowShift = 64 - (uint)BitOperations.Log2((uint)sets);
        flow.Rodata.WideShift = 64 - (uint)BitOperations.Log2((uint)wideSets);
        flow.Rodata.FlowLookBytes = RingLook.BytesOfACpu(flow.Object.Map("flow_ring").MaxEntries);
        flow.Rodata.TcpLookBytes = RingLook.BytesOfACpu(flow.Object.Map("tcp_ring").MaxEntries);
    }
}
