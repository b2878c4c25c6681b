namespace Rheo.Model;

/// <summary>A TCP connection ended on the wire: the second FIN, or a RST.</summary>
/// <remarks>Which endpoint stands first does not matter.</remarks>
/// <param name="First">One end.</param>
/// <param name="Second">The other end.</param>
/// <param name="TunnelId">Id of the innermost tunnel; 0 without one.</param>
/// <param name="TimeNs">When, in nanoseconds since the Unix epoch.</param>
/// <param name="Reset">True for a RST, false for the second FIN.</param>
public readonly record struct CloseMoment(Endpoint First, Endpoint Second, uint TunnelId, long TimeNs, bool Reset);
