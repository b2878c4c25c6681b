namespace Rheo;

/// <summary>What watching costs, measured for a while.</summary>
/// <param name="IsAgent">A running agent was measured; else a capture of this command's own.</param>
/// <param name="Seconds">How long.</param>
/// <param name="Programs">The programs in the kernel.</param>
/// <param name="Processes">The processes in user space.</param>
public sealed record CostReport(
    bool IsAgent, double Seconds, IReadOnlyList<ProgramCost> Programs, IReadOnlyList<ProcessCost> Processes)
{
    /// <summary>All programs together, as a share of one core.</summary>
    public double KernelShare => Programs.Sum(program => program.RunTimeNs) / 1e9 / Seconds;

    /// <summary>All processes together, as a share of one core.</summary>
    public double UserShare => Processes.Sum(process => process.CpuSeconds) / Seconds;
}
