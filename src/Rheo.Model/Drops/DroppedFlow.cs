namespace Rheo.Model.Drops;

/// <summary>The tuple of dropped packets, as they were addressed.</summary>
/// <param name="Source">Who sent them; port 0 where there is none.</param>
/// <param name="Destination">To whom.</param>
/// <param name="Protocol">The IP protocol; 0 if they were not IP.</param>
public readonly record struct DroppedFlow(Endpoint Source, Endpoint Destination, byte Protocol);
