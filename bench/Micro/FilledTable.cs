using System.Buffers.Binary;
using Rheo.Bench.Machine;
using Rheo.Bench.Traffic;
using Rheo.Bpf;
using Rheo.Capture;

namespace Rheo.Bench.Micro;

/// <summary>A flow table with 100,000 flows in it, put there by the flow program itself.</summary>
internal static class FilledTable
{
    public const int Flows = 100_000;
    private const int EntriesPerCpu = 65_536;
    private const int PortsAt = 34;
    private const int MostTries = 4 * Flows;

    /// <summary>The object, loaded; each CPU's shard holds its part of the flows.</summary>
    public static FlowBpf Create()
    {
        var bpf = FlowProgram.Load(EntriesPerCpu);
        for (var cpu = 0; cpu < Environment.ProcessorCount; cpu++)
        {
            Core.Pin(0, cpu);
            Fill(bpf, cpu);
        }

        Core.Pin(0, Core.Sender);
        return bpf;
    }

    // A set of four ways overflows here and there, so it takes more flows than are to live. More CPUs than two leave the others empty.
    private static void Fill(FlowBpf bpf, int cpu)
    {
        var frame = Frame.Create();
        using var ledger = bpf.Maps.OpenFlowLedger();
        for (uint flow = 0; flow < MostTries && Live(ledger[cpu]) < Flows / 2 && cpu < 2; flow++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(PortsAt), flow);
            bpf.Programs.FlowIngressL2.TestRun(frame);
        }
    }

    private static ulong Live(in FlowLedger ledger) => ledger.Inserted - ledger.HandedOver - ledger.LostFlows;
}
