namespace Rheo;

/// <summary>What one program cost while it was measured.</summary>
/// <param name="Program">Its name.</param>
/// <param name="Id">The kernel's number, as bpftool shows it.</param>
/// <param name="Runs">How often it ran.</param>
/// <param name="RunTimeNs">Nanoseconds spent in it, over all CPUs.</param>
public readonly record struct ProgramCost(string Program, uint Id, long Runs, long RunTimeNs)
{
    /// <summary>Nanoseconds a run; 0 when it did not run.</summary>
    public double NsPerRun => Runs == 0 ? 0 : (double)RunTimeNs / Runs;
}
