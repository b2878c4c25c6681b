using System.Runtime.InteropServices;
using Rheo.Bpf;
using Rheo.Capture;

namespace Rheo.KernelTests.Flow;

/// <summary>
/// The flow object with a table of eight slots a CPU, so small that each packet's effect on it can be looked at: which
/// slot it changed, by how much, and that it changed no other.
/// </summary>
internal sealed class FlowProbe : IDisposable
{
    /// <summary>The least that the index can be made of: one bit of the hash.</summary>
    private const int SetsOfACpu = 2;

    private const int TcxNext = -1;

    private readonly MappedArray<FlowSet> _narrow;
    private readonly MappedArray<WideSet> _wide;
    private readonly MappedArray<FlowLedger> _ledger;
    private readonly FlowSlot[] _narrowBefore;
    private readonly WideSlot[] _wideBefore;

    private FlowProbe(FlowBpf flow)
    {
        Flow = flow;
        _narrow = flow.Maps.OpenFlowTable();
        _wide = flow.Maps.OpenWideTable();
        _ledger = flow.Maps.OpenFlowLedger();
        _narrowBefore = new FlowSlot[Narrow.Length];
        _wideBefore = new WideSlot[Wide.Length];
    }

    public FlowBpf Flow { get; }

    public BpfProgram IngressL2 => Flow.Programs.FlowIngressL2;

    private ReadOnlySpan<FlowSlot> Narrow => MemoryMarshal.Cast<FlowSet, FlowSlot>(_narrow.Span);

    private ReadOnlySpan<WideSlot> Wide => MemoryMarshal.Cast<WideSet, WideSlot>(_wide.Span);

    /// <summary>Loads the program of <see cref="IngressL2"/>, or others by their names: the verifier takes its time with each.</summary>
    public static FlowProbe Load(params string[] programs)
    {
        var flow = FlowBpf.Open();
        if (programs.Length == 0)
            programs = ["flow_ingress_l2"];
        foreach (var (name, program) in flow.Object.Programs)
            program.AutoLoad = programs.Contains(name);
        var cpus = PossibleCpus.Count;
        flow.Object.Map("flow_table").MaxEntries = cpus * SetsOfACpu;
        flow.Object.Map("wide_table").MaxEntries = cpus * SetsOfACpu;
        flow.Object.Map("flow_ledger").MaxEntries = cpus;
        flow.Rodata.FlowShift = flow.Rodata.WideShift = 64 - 1;
        Span<ulong> seed = flow.Rodata.HashSeed;
        for (var i = 0; i < seed.Length; i++)
            seed[i] = 0x9e3779b97f4a7c15 * (ulong)(i + 1);
        flow.Load();
        return new FlowProbe(flow);
    }

    /// <summary>Runs a program on one packet and says how it was counted.</summary>
    public Counted See(BpfProgram program, ReadOnlySpan<byte> packet) => See(packet, bytes => Run(program, bytes));

    /// <summary>Lets a packet come by in any way and says how it was counted.</summary>
    public Counted See(ReadOnlySpan<byte> packet, Sender send)
    {
        Remember();
        send(packet);
        return Change();
    }

    /// <summary>Something that makes the packet pass the program.</summary>
    public delegate void Sender(ReadOnlySpan<byte> packet);

    /// <summary>Empties the table, so that the next packet begins a flow.</summary>
    public void Clear()
    {
        for (uint set = 0; set < (uint)_narrow.Length; set++)
            Flow.Maps.FlowTable.Set(set, default);
        for (uint set = 0; set < (uint)_wide.Length; set++)
            Flow.Maps.WideTable.Set(set, default);
    }

    /// <summary>The sum of a counter over all CPUs.</summary>
    public ulong Sum(Func<FlowLedger, ulong> counter)
    {
        ulong sum = 0;
        foreach (ref readonly var ledger in _ledger.Span)
            sum += counter(ledger);
        return sum;
    }

    public void Dispose()
    {
        _narrow.Dispose();
        _wide.Dispose();
        _ledger.Dispose();
        Flow.Dispose();
    }

    /// <summary>Whatever the packet, the verdict is to go on.</summary>
    private static void Run(BpfProgram program, ReadOnlySpan<byte> packet)
    {
        var verdict = program.TestRun(packet).ReturnValue;
        if (verdict != TcxNext)
            throw new MiscountException($"the verdict was {verdict}");
    }

    private void Remember()
    {
        Narrow.CopyTo(_narrowBefore);
        Wide.CopyTo(_wideBefore);
    }

    private Counted Change()
    {
        Counted? change = null;
        var changes = 0;
        for (var i = 0; i < _narrowBefore.Length; i++)
        {
            if (!Same(_narrowBefore[i], Narrow[i]))
                (change, changes) = (Grown(SlotFlow.Of(Narrow[i]), _narrowBefore[i], Narrow[i]), changes + 1);
        }
        for (var i = 0; i < _wideBefore.Length; i++)
        {
            if (!Same(_wideBefore[i].Flow, Wide[i].Flow))
                (change, changes) = (Grown(SlotFlow.Of(Wide[i]), _wideBefore[i].Flow, Wide[i].Flow), changes + 1);
        }
        return changes == 1 ? change!.Value : throw new MiscountException($"the packet changed {changes} slots");
    }

    private static bool Same(in FlowSlot before, in FlowSlot after) => before.Version == after.Version && before.Packets == after.Packets;

    private static Counted Grown(Packets.ExpectedFlow flow, in FlowSlot before, in FlowSlot after)
    {
        var same = before.Version == after.Version;
        var egress = (after.Key.Flags & (byte)FlowKeyFlag.Egress) != 0;
        return new Counted(flow, egress, after.Packets - (same ? before.Packets : 0), after.Bytes - (same ? before.Bytes : 0));
    }
}
