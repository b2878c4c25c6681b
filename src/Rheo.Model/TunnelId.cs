namespace Rheo.Model;

/// <summary>Names a tunnel among those of its kind.</summary>
/// <param name="Kind">The kind of tunnel.</param>
/// <param name="Id">VNI or GRE key; 0 where there is none.</param>
public readonly record struct TunnelId(TunnelKind Kind, uint Id);
