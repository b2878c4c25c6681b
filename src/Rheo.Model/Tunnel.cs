namespace Rheo.Model;

/// <summary>The tunnel that a conversation was seen in; the default value says none.</summary>
/// <param name="Id">Kind and id.</param>
/// <param name="OuterSource">Address of the tunnel's end on the conversation's source side.</param>
/// <param name="OuterDestination">Address of the tunnel's end on the conversation's destination side.</param>
public readonly record struct Tunnel(TunnelId Id, Address OuterSource, Address OuterDestination)
{
    /// <summary>Whether there is no tunnel.</summary>
    public bool IsNone => Id.Kind == TunnelKind.None;
}
