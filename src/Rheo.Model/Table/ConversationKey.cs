using System.Runtime.InteropServices;

namespace Rheo.Model.Table;

/// <summary>What makes a conversation this one and no other; the same for both of its directions.</summary>
/// <remarks>
/// The lower endpoint stands first, so that both directions make the same key; <c>side</c> says which end sent. An ICMP request
/// and its reply make one key with the requester first. VLAN ids are no part of it: a packet that is routed or bridged
/// from one VLAN to another is one packet, and the plain interface on top of a trunk shows no tag at all.
/// </remarks>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly struct ConversationKey : IEquatable<ConversationKey>
{
    private readonly ulong _first0;
    private readonly ulong _last0;
    private readonly ulong _first1;
    private readonly ulong _last1;
    private readonly ushort _port0; // ICMP: type and code
    private readonly ushort _port1;
    private readonly uint _tunnelId;
    private readonly byte _protocol;
    private readonly NetworkType _network;
    private readonly TunnelKind _tunnelKind;
    private readonly bool _isFragment;

    private ConversationKey(in FlowKey key, TunnelId tunnel, Endpoint side0, Endpoint side1)
    {
        Memory(side0.Address, out _first0, out _last0);
        Memory(side1.Address, out _first1, out _last1);
        _port0 = side0.Port;
        _port1 = side1.Port;
        _tunnelId = tunnel.Id;
        _tunnelKind = tunnel.Kind;
        _protocol = key.Protocol;
        _network = key.Network;
        _isFragment = key.IsFragment;
    }

    public Endpoint Side0 => new(Address.FromMemory(_first0, _last0), IsIcmp ? (ushort)0 : _port0);

    public Endpoint Side1 => new(Address.FromMemory(_first1, _last1), IsIcmp ? (ushort)0 : _port1);

    public byte Protocol => _protocol;

    public NetworkType Network => _network;

    public bool IsFragment => _isFragment;

    public bool IsTcp => _protocol == Transport.Tcp && _network != NetworkType.Arp;

    public bool IsIcmp => IsIcmpProtocol(_protocol) && _network != NetworkType.Arp;

    public byte IcmpType => IsIcmp ? (byte)(_port0 >> 8) : (byte)0;

    public byte IcmpCode => IsIcmp ? (byte)_port0 : (byte)0;

    public TunnelId Tunnel => new(_tunnelKind, _tunnelId);

    /// <summary>The key of a flow and the side that sent it; <paramref name="tunnel"/> is none when this host terminates the flow's tunnel.</summary>
    public static ConversationKey Of(in FlowKey key, TunnelId tunnel, out int side)
    {
        var source = new Endpoint(key.Source, key.SourcePort);
        var destination = new Endpoint(key.Destination, key.DestinationPort);
        if (IsIcmpProtocol(key.Protocol) && key.Network != NetworkType.Arp && !key.IsFragment)
            return OfIcmp(in key, tunnel, out side);
        side = source.CompareTo(destination) <= 0 ? 0 : 1;
        return side == 0 ? new ConversationKey(in key, tunnel, source, destination) : new ConversationKey(in key, tunnel, destination, source);
    }

    /// <summary>The key of a TCP connection.</summary>
    public static ConversationKey OfTcp(Endpoint source, Endpoint destination, TunnelId tunnel, out int side)
    {
        var key = new FlowKey
        {
            Source = source.Address,
            SourcePort = source.Port,
            Destination = destination.Address,
            DestinationPort = destination.Port,
            Protocol = Transport.Tcp,
            Network = source.Address.IsIPv4 ? NetworkType.IPv4 : NetworkType.IPv6,
        };
        return Of(in key, tunnel, out side);
    }

    public bool Equals(ConversationKey other) =>
        _first0 == other._first0 && _last0 == other._last0 && _first1 == other._first1 && _last1 == other._last1 && Small == other.Small
        && _tunnelId == other._tunnelId;

    public override bool Equals(object? obj) => obj is ConversationKey other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_first0, _last0, _first1, _last1, Small, _tunnelId);

    /// <summary>A hash that nobody can aim at.</summary>
    public uint Hash(TupleHash hash) => hash.Of(_first0, _last0, _first1, _last1, Small, _tunnelId);

    private ulong Small =>
        _port0 | ((ulong)_port1 << 16) | ((ulong)_protocol << 32) | ((ulong)_network << 40) | ((ulong)_tunnelKind << 48) | (_isFragment ? 1UL << 56 : 0);

    private static ConversationKey OfIcmp(in FlowKey key, TunnelId tunnel, out int side)
    {
        var type = IcmpQuery.RequestOf(key.Protocol, key.IcmpType, out var isReply);
        side = isReply ? 1 : 0;
        var sender = isReply ? key.Destination : key.Source;
        var receiver = isReply ? key.Source : key.Destination;
        return new ConversationKey(in key, tunnel, new Endpoint(sender, (ushort)((type << 8) | key.IcmpCode)), new Endpoint(receiver, 0));
    }

    private static bool IsIcmpProtocol(byte protocol) => protocol is Transport.Icmp or Transport.Icmp6;

    private static void Memory(Address address, out ulong first, out ulong last)
    {
        first = address.RawFirst;
        last = address.RawLast;
    }
}
