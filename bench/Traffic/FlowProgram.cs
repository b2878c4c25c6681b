using Rheo.Bench.Machine;
using Rheo.Bpf;
using Rheo.Capture;

namespace Rheo.Bench.Traffic;

/// <summary>The flow object as the agent loads it, attached to one device, with a reader that empties its ring.</summary>
internal sealed class FlowProgram : IDisposable
{
    private readonly FlowBpf _bpf;
    private readonly TcxLink _link;
    private readonly Thread _reader;
    private volatile bool _stopping;

    public FlowProgram(Wire wire, int tableEntries = CaptureOptions.DefaultTableEntries)
    {
        _bpf = FlowObject.Load(tableEntries);
        _link = wire.Receiver.Run(() => TcxLink.Attach(_bpf.Programs.FlowIngressL2, wire.ReceiverIndex, TcDirection.Ingress));
        _reader = new Thread(Drain) { IsBackground = true };
        _reader.Start();
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
