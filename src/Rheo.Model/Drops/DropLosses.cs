namespace Rheo.Model.Drops;

/// <summary>What is known to have been dropped, and is missing in the tables.</summary>
/// <param name="OtherPackets">Their place found no room.</param>
/// <param name="OtherBytes">The bytes of those.</param>
/// <param name="LostFlows">Packets of flows that made room for others; their places have them.</param>
/// <param name="Unseen">Times that the program could not run, since it was running already on that CPU.</param>
/// <param name="LostExamples">Examples for which the ring had no room.</param>
public readonly record struct DropLosses(ulong OtherPackets, ulong OtherBytes, ulong LostFlows, ulong Unseen, ulong LostExamples = 0);
