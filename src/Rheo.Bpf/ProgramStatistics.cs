namespace Rheo.Bpf;

/// <summary>What the kernel has counted for one program since it was loaded.</summary>
/// <remarks>Time and runs are counted only while some process holds a <see cref="StatisticsSwitch"/> (or the sysctl
/// <c>kernel.bpf_stats_enabled</c> is set): take two readings and subtract.</remarks>
/// <param name="RunTimeNs">Nanoseconds spent in the program, over all CPUs.</param>
/// <param name="RunCount">How often it ran.</param>
/// <param name="RecursionMisses">How often it was skipped because it was already running on the CPU.</param>
/// <param name="VerifiedInstructions">How many instructions the verifier walked through when it was loaded; 0 below Linux 5.16.</param>
public readonly record struct ProgramStatistics(long RunTimeNs, long RunCount, long RecursionMisses, int VerifiedInstructions);
