namespace Rheo.Model;

/// <summary>A flow of a table that has ended, with what it leaves to the table that goes on in its place.</summary>
/// <param name="Past">What is known of it.</param>
/// <param name="LastSeenNs">Time of the conversation's last packet.</param>
/// <param name="Carried">What its direction of the conversation carried; nothing but for the flow that it is counted at.</param>
public readonly record struct FlowLegacy(FlowPast Past, long LastSeenNs, Traffic Carried);
