namespace Rheo.Model.Drops;

/// <summary>A reason of the kernel in words.</summary>
/// <param name="IsLoss">False: somebody had the packet, or nobody wanted it; no sender will miss it.</param>
/// <param name="Meaning">What happened, in a sentence.</param>
/// <param name="LookAt">What to look at next.</param>
public sealed record DropReason(bool IsLoss, string Meaning, string LookAt);
