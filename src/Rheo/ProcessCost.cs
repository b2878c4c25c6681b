namespace Rheo;

/// <summary>What one process cost while it was measured.</summary>
/// <param name="Role">What it is for.</param>
/// <param name="Id">Its process id.</param>
/// <param name="CpuSeconds">CPU time, user and kernel.</param>
/// <param name="ResidentBytes">Memory that it holds.</param>
public readonly record struct ProcessCost(string Role, int Id, double CpuSeconds, long ResidentBytes);
