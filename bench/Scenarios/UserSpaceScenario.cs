using Rheo.Bench.Machine;
using Rheo.Bench.Measure;
using Rheo.Bench.Micro;

namespace Rheo.Bench.Scenarios;

/// <summary>What reading costs in user space: the table in place, records of a ring.</summary>
internal sealed class UserSpaceScenario : IScenario
{
    public string Name => "userspace";

    public string What => "the flow table read in place, ring records read and delivered, figures of connections read, in native code";

    public IReadOnlyList<Figure> Run(int rounds) => NativePart.IsHere ? Measure(rounds * 3) : NativePart.Run(Name, rounds);

    private IReadOnlyList<Figure> Measure(int rounds)
    {
        Core.Pin(0, Core.Sender);
        return
        [
            .. TableScan.Measure(Name, rounds),
            .. RingRead.Measure(Name, rounds),
            .. RingHandOver.Measure(Name, rounds),
            .. RingDelivery.Measure(Name, rounds),
            .. ConnectionReading.Measure(Name, rounds),
        ];
    }
}
