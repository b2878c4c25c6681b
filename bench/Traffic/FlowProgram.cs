using Rheo.Bench.Machine;
using Rheo.Bpf;
using Rheo.Capture;

namespace Rheo.Bench.Traffic;

/// <summary>The flow object as the agent loads it, with a reader that empties its ring.</summary>
internal sealed class FlowProgram : IDisposable
{
    private readonly FlowBpf _bpf;
    private readonly Thread _reader;
    private volatile bool _stopping;

    public FlowProgram(int tableEntries = CaptureOptions.DefaultTableEntries)
    {
        _bpf = FlowObject.Load(tableEntries);
        _reader = new Thread(Drain) { IsBackground = true };
        _reader.Start();
    }

    public BpfProgram Program => _bpf.Programs.FlowIngressL2;

    public BpfProgram Egress => _bpf.Programs.FlowEgressL2;

    public void Dispose()
    {
        _stopping = true;
        _reader.Join();
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
