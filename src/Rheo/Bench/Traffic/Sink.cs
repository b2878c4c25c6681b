using Rheo.Bpf;

namespace Rheo.Bench.Traffic;

/// <summary>
/// Takes the packets at the wire's end, behind all observers, so that none of them is a drop. Without it the kernel drops each one, since
/// they are addressed to nobody.
/// </summary>
internal sealed class Sink : IDisposable
{
    // The last of all filters: whoever counts by a filter, as Rheo does where the kernel has no tcx, comes before.
    private const ushort Last = ushort.MaxValue;

    private readonly SinkBpf _bpf;
    private readonly ClsBpfFilter _filter;

    public Sink(Wire wire)
    {
        _bpf = SinkBpf.Open();
        _bpf.Load();
        _filter = wire.Receiver.Run(() => ClsBpfFilter.Attach(
            _bpf.Programs.TakeFrame, wire.ReceiverIndex, TcDirection.Ingress, new ClsBpfOptions { Owner = "rheo-bench", Priority = Last }));
    }

    public void Dispose()
    {
        _filter.Dispose();
        _bpf.Dispose();
    }
}
