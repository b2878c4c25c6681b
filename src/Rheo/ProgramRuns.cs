namespace Rheo;

/// <summary>How often a program of ours ran in the kernel, and for how long, while the kernel kept statistics for us. Numbers only grow.</summary>
/// <param name="Program">The program's name.</param>
/// <param name="Runs">How often it ran; once for each packet or super-packet.</param>
/// <param name="RunTimeNs">Nanoseconds spent in it, over all CPUs.</param>
public readonly record struct ProgramRuns(string Program, ulong Runs, ulong RunTimeNs);
