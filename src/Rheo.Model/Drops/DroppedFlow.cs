namespace Rheo.Model.Drops;

/// <summary>The tuple of dropped packets, as they were addressed.</summary>
/// <param name="Source">Who sent them; port 0 where there is none.</param>
/// <param name="Destination">To whom.</param>
/// <param name="Protocol">The IP protocol; 0 if they were not IP.</param>
/// <param name="Socket">Cookie of the socket that sent them, or was to receive them; 0: none, or it is not known.</param>
public readonly record struct DroppedFlow(Endpoint Source, Endpoint Destination, byte Protocol, ulong Socket = 0);
