using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Rheo.Bench.Machine;
using Rheo.Bpf;
using Rheo.Capture;

namespace Rheo.Bench.Traffic;

/// <summary>The flow object as the agent loads it, attached to one device, with a reader that empties its ring as the agent would.</summary>
internal sealed class FlowProgram : IDisposable
{
    public const int UsualEntries = 16_384;

    private readonly FlowBpf _bpf;
    private readonly TcxLink _link;
    private readonly Thread _reader;
    private volatile bool _stopping;

    public FlowProgram(Wire wire, int entriesPerCpu = UsualEntries)
    {
        _bpf = Load(entriesPerCpu);
        _link = wire.Receiver.Run(() => TcxLink.Attach(_bpf.Programs.FlowIngressL2, wire.ReceiverIndex, TcDirection.Ingress));
        _reader = new Thread(Drain) { IsBackground = true };
        _reader.Start();
    }

    /// <summary>The object with a table of a size, nothing attached.</summary>
    public static FlowBpf Load(int entriesPerCpu)
    {
        var bpf = FlowBpf.Open();
        var sets = (int)BitOperations.RoundUpToPowerOf2((uint)entriesPerCpu) / 4;
        var cpus = Environment.ProcessorCount;
        bpf.Object.Map("flow_table").MaxEntries = cpus * sets;
        bpf.Object.Map("wide_table").MaxEntries = cpus * sets / 4;
        bpf.Object.Map("flow_ledger").MaxEntries = cpus;
        bpf.Rodata.FlowShift = (uint)(64 - BitOperations.Log2((uint)sets));
        bpf.Rodata.WideShift = bpf.Rodata.FlowShift + 2;
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes((Span<ulong>)bpf.Rodata.HashSeed));
        bpf.Load();
        return bpf;
    }

    public void Dispose()
    {
        _stopping = true;
        _reader.Join();
        _link.Dispose();
        _bpf.Dispose();
    }

    private void Drain()
    {
        Core.Pin(0, Core.Sender);
        using var ring = _bpf.Maps.OpenFlowRing();
        while (!_stopping)
        {
            ring.WaitForWakeUp(TimeSpan.FromMilliseconds(2));
            using var batch = ring.Read();
            while (batch.TryRead(out _))
            {
            }
        }
    }
}
