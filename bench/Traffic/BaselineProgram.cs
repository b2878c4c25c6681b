using Rheo.Bench.Programs;
using Rheo.Bpf;

namespace Rheo.Bench.Traffic;

/// <summary>One of the programs that the flow program is compared with, attached to the receiving device.</summary>
internal sealed class BaselineProgram : IDisposable
{
    private readonly BaselineBpf _bpf = BaselineBpf.Open();
    private readonly TcxLink _link;

    public BaselineProgram(Wire wire, Func<BaselineBpf, BpfProgram> choose)
    {
        _bpf.Load();
        _link = wire.Receiver.Run(() => TcxLink.Attach(choose(_bpf), wire.ReceiverIndex, TcDirection.Ingress));
    }

    public void Dispose()
    {
        _link.Dispose();
        _bpf.Dispose();
    }
}
