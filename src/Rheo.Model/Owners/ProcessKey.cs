namespace Rheo.Model.Owners;

/// <summary>A process that no later one of the same number is taken for.</summary>
/// <param name="Pid">Thread group, as the first process-id namespace numbers it.</param>
/// <param name="StartNs">When it began, nanoseconds of CLOCK_MONOTONIC.</param>
public readonly record struct ProcessKey(int Pid, long StartNs);
