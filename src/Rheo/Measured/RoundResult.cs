namespace Rheo.Measured;

/// <summary>One watcher in one round.</summary>
/// <param name="CorePercent">CPU time in percent of a core at the rate that was asked for; without the reception of the same round, where a watcher is meant.</param>
/// <param name="KernelCpuSeconds">CPU time of the kernel thread that receives and in which the hooks run, as measured.</param>
/// <param name="UserCpuSeconds">CPU time of the watcher's processes, as measured.</param>
/// <param name="PacketsPerSecond">The rate at which packets came in fact.</param>
/// <param name="Packets">Packets of the time that is measured and of the warm-up before it.</param>
public sealed record RoundResult(
    double CorePercent, double KernelCpuSeconds, double UserCpuSeconds, double PacketsPerSecond, PacketCounts Packets);
