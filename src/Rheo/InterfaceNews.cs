using Rheo.Model;

namespace Rheo;

/// <summary>What is to be told of one interface to those who only read: that it is there, how it is watched, or that it is gone.</summary>
/// <param name="Index">Its index.</param>
/// <param name="Name">Its name; empty when it is gone.</param>
/// <param name="Attachment">How it is watched, for people: <c>eth0 (tcx)</c>; null when it is not.</param>
/// <param name="Tunnel">The tunnel that ends in it, if it is such a device.</param>
/// <param name="IsGone">It is no longer watched: what is known of it is to be retired.</param>
public readonly record struct InterfaceNews(int Index, string Name, string? Attachment, TunnelId? Tunnel, bool IsGone);
