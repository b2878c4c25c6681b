namespace Rheo.Model.Drops;

/// <summary>One packet that was dropped: the first, second, fourth, eighth … of its place.</summary>
/// <param name="TimeNs">When, Unix ns.</param>
/// <param name="Packet">Where, why and of which flow.</param>
/// <param name="Uid">User of the socket; null: there was no socket.</param>
public sealed record DroppedPacket(long TimeNs, DropTotal Packet, uint? Uid);
