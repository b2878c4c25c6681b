namespace Rheo.Model;

/// <summary>Where packets were seen: an interface and a direction.</summary>
/// <param name="Interface">The interface's index.</param>
/// <param name="Egress">True when the packets left through it, false when they came in.</param>
public readonly record struct ObservationPoint(int Interface, bool Egress);
