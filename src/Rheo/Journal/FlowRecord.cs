using Rheo.Model;

namespace Rheo.Journal;

/// <summary>A flow and what is known of it, as bytes: some 40 for IPv4. Times are told as distances from the last scan.</summary>
internal static class FlowRecord
{
    [Flags]
    private enum Has : ushort
    {
        None = 0,
        IPv4 = 1,
        Tunnel = 2,
        Vlan = 4,
        Fragment = 8,
        Opener = 16,
        SentByOpener = 32,
        Handshake = 64,
        Rtt = 128,
        BothFin = 256,
        Reset = 512,
        Egress = 1024,
        Owners = 2048,
    }

    public static void Write(FrameWriter frame, in FlowPast past, long baseNs, ToldOwners owners)
    {
        var key = past.Key;
        var has = Of(in past);
        frame.Number((ulong)has);
        frame.Number((uint)past.Point.Interface);
        frame.Byte((byte)key.Network);
        frame.Byte(key.Protocol);
        frame.Address(key.Source, has.HasFlag(Has.IPv4));
        frame.Address(key.Destination, has.HasFlag(Has.IPv4));
        frame.Number(key.SourcePort);
        frame.Number(key.DestinationPort);
        frame.Byte(key.IcmpType);
        frame.Byte(key.IcmpCode);
        frame.Signed(past.FirstSeenNs - baseNs);
        frame.Signed(past.BeganNs - past.FirstSeenNs);
        frame.Number((ulong)past.Flags);
        frame.Number((ulong)past.SideFlags);
        WriteRare(frame, in past, in key, has);
        if (!has.HasFlag(Has.Owners))
            return;
        frame.Number(owners.NumberOf(past.Sender));
        frame.Number(owners.NumberOf(past.Receiver));
    }

    public static FlowPast Read(ref FrameReader frame, long baseNs, HeardOwners owners)
    {
        var has = (Has)frame.Short();
        var index = frame.Number(int.MaxValue);
        var key = ReadKey(ref frame, has);
        var firstNs = baseNs + frame.Signed();
        var past = new FlowPast
        {
            Point = new ObservationPoint(index, has.HasFlag(Has.Egress)),
            FirstSeenNs = firstNs,
            BeganNs = firstNs + frame.Signed(),
            Flags = (TcpFlags)frame.Short(),
            SideFlags = (TcpFlags)frame.Short(),
            SentByOpener = has.HasFlag(Has.Opener) ? has.HasFlag(Has.SentByOpener) : null,
            BothFin = has.HasFlag(Has.BothFin),
            Reset = has.HasFlag(Has.Reset),
        };
        past = ReadRare(ref frame, past, key, has);
        return has.HasFlag(Has.Owners) ? past with { Sender = owners.Read(ref frame), Receiver = owners.Read(ref frame) } : past;
    }

    private static FlowKey ReadKey(ref FrameReader frame, Has has) => new()
    {
        Network = (NetworkType)frame.Number((int)NetworkType.Arp),
        Protocol = frame.Byte(),
        Source = frame.Address(has.HasFlag(Has.IPv4)),
        Destination = frame.Address(has.HasFlag(Has.IPv4)),
        SourcePort = frame.Short(),
        DestinationPort = frame.Short(),
        IcmpType = frame.Byte(),
        IcmpCode = frame.Byte(),
        IsFragment = has.HasFlag(Has.Fragment),
    };

    private static void WriteRare(FrameWriter frame, in FlowPast past, in FlowKey key, Has has)
    {
        if (has.HasFlag(Has.Vlan))
        {
            frame.Number(key.Vlan);
            frame.Number(key.InnerVlan);
        }

        if (has.HasFlag(Has.Tunnel))
        {
            frame.Byte((byte)key.Tunnel.Kind);
            frame.Number(key.Tunnel.Id);
            frame.Address(key.OuterSource, isIPv4: false);
            frame.Address(key.OuterDestination, isIPv4: false);
        }

        if (!has.HasFlag(Has.Handshake))
            return;
        frame.Byte(past.SynRetransmits);
        frame.Byte(past.SynAckRetransmits);
        if (past.HandshakeRttUs is { } rtt)
            frame.Number(rtt);
    }

    private static FlowPast ReadRare(ref FrameReader frame, FlowPast past, FlowKey key, Has has)
    {
        if (has.HasFlag(Has.Vlan))
            key = key with { Vlan = frame.Short(), InnerVlan = frame.Short() };
        if (has.HasFlag(Has.Tunnel))
        {
            key = key with
            {
                Tunnel = ReadTunnel(ref frame),
                OuterSource = frame.Address(isIPv4: false),
                OuterDestination = frame.Address(isIPv4: false),
            };
        }

        past = past with { Key = key };
        if (!has.HasFlag(Has.Handshake))
            return past;
        past = past with { Handshake = true, SynRetransmits = frame.Byte(), SynAckRetransmits = frame.Byte() };
        return has.HasFlag(Has.Rtt) ? past with { HandshakeRttUs = uint.CreateSaturating(frame.Number()) } : past;
    }

    /// <summary>Kind and number of a tunnel.</summary>
    public static TunnelId ReadTunnel(ref FrameReader frame) =>
        new((TunnelKind)frame.Number((int)TunnelKind.Geneve), uint.CreateSaturating(frame.Number()));

    private static Has Of(in FlowPast past)
    {
        var key = past.Key;
        return (key.Source.IsIPv4 && key.Destination.IsIPv4 ? Has.IPv4 : 0)
            | (key.Tunnel.Kind != TunnelKind.None ? Has.Tunnel : 0)
            | (key.Vlan != 0 ? Has.Vlan : 0)
            | (key.IsFragment ? Has.Fragment : 0)
            | (past.SentByOpener is not null ? Has.Opener : 0)
            | (past.SentByOpener is true ? Has.SentByOpener : 0)
            | (past.Handshake ? Has.Handshake : 0)
            | (past.Handshake && past.HandshakeRttUs is not null ? Has.Rtt : 0)
            | (past.BothFin ? Has.BothFin : 0)
            | (past.Reset ? Has.Reset : 0)
            | (past.Point.Egress ? Has.Egress : 0)
            | (past.Sender.Count > 0 || past.Receiver.Count > 0 ? Has.Owners : 0);
    }
}
