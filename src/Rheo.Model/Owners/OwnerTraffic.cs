namespace Rheo.Model.Owners;

/// <summary>What all processes of one name in one container carried.</summary>
/// <param name="Process">Their name, as they chose it.</param>
/// <param name="Container">The container's id; empty outside of any.</param>
/// <param name="Serial">Another number when the same name is counted anew from zero.</param>
/// <param name="Traffic">What they sent and received; only grows.</param>
public sealed record OwnerTraffic(string Process, string Container, long Serial, EndTraffic Traffic);
