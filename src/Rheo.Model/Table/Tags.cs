namespace Rheo.Model.Table;

/// <summary>VLAN and tunnel of a conversation; most have none, so it stands apart.</summary>
internal struct Tags
{
    public ushort Vlan;
    public ushort InnerVlan;
    public TunnelId Tunnel;
    public Address Outer0; // the tunnel's end on side 0
    public Address Outer1;

    public void Note(in FlowKey key, int side)
    {
        if (Vlan == 0)
            (Vlan, InnerVlan) = (key.Vlan, key.InnerVlan);
        if (Tunnel.Kind != TunnelKind.None || key.Tunnel.Kind == TunnelKind.None)
            return;
        Tunnel = key.Tunnel;
        Outer0 = side == 0 ? key.OuterSource : key.OuterDestination;
        Outer1 = side == 0 ? key.OuterDestination : key.OuterSource;
    }

    public readonly Tunnel TunnelFrom(int side) => Tunnel.Kind == TunnelKind.None
        ? default
        : new Tunnel(Tunnel, side == 0 ? Outer0 : Outer1, side == 0 ? Outer1 : Outer0);
}
