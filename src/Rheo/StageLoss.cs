namespace Rheo;

/// <summary>What was lost at one stage between the wire and the reader; all numbers only grow.</summary>
/// <param name="Stage">The stage, one lower-case word or two: <c>flow_ring</c>.</param>
/// <param name="Packets">Packets that no conversation will ever show.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="Records">Records (flows, moments) that did not arrive.</param>
public readonly record struct StageLoss(string Stage, ulong Packets, ulong Bytes, ulong Records);
