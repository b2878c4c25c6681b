namespace Rheo.Model.Filters;

/// <content>Terms: qualifiers and their value.</content>
internal sealed partial class FilterParser
{
    private FilterNode ReadTerm()
    {
        var word = Current.Text;
        if (IsKeyed(word))
            return ReadKeyed();
        switch (word)
        {
            case "vlan" or "vxlan" or "geneve" when _subject != FilterSubject.Conversation:
                throw Unexpected($"a term about {FilterKeys.Plural(_subject)}, of which no tags and tunnels are known");
            case "vlan":
                Next();
                return new VlanTerm(ReadOptionalNumber(4095, "a VLAN id from 0 to 4095") is { } id ? (ushort)id : null);
            case "vxlan" or "geneve":
                Next();
                return new TunnelTerm(word == "vxlan" ? TunnelKind.Vxlan : TunnelKind.Geneve, ReadOptionalNumber(0xff_ffff, "a VNI from 0 to 16777215"));
        }
        return FilterWords.IsKeyword(word) ? ReadQualified() : ReadBareValue();
    }

    private FilterNode ReadQualified()
    {
        var first = Current;
        var protocol = FilterWords.ProtocolOf(first.Text);
        if (protocol != null)
            Next();
        var hasEnd = TryReadEnd(out var end);
        if (hasEnd && Current.Kind == FilterTokenKind.Word && IsKeyed(Current.Text))
            return protocol == null ? ReadKeyed(end) : new AllOf(protocol, ReadKeyed(end));
        var kind = ReadKind();
        var takesValue = hasEnd || kind != FilterKind.None;
        CheckProtocol(first, kind);
        _last = new Qualifiers(protocol, end, kind) { TakeValue = takesValue };
        if (protocol != null && !takesValue)
            return protocol;
        return Current.Kind == FilterTokenKind.Open ? ReadGroup() : ReadValue();
    }

    private bool TryReadEnd(out FilterEnd end)
    {
        end = FilterEnd.Either;
        if (Current.Kind != FilterTokenKind.Word || Current.Text is not ("src" or "dst"))
            return false;
        var word = Next().Text;
        end = word == "src" ? FilterEnd.Source : FilterEnd.Destination;
        var other = word == "src" ? "dst" : "src";
        if (Current.Kind is not (FilterTokenKind.And or FilterTokenKind.Or) || _tokens[_at + 1].Text != other)
            return true;
        end = Next().Kind == FilterTokenKind.And ? FilterEnd.Both : FilterEnd.Either;
        Next();
        return true;
    }

    private FilterKind ReadKind()
    {
        if (TryNext("host"))
            return FilterKind.Host;
        if (TryNext("net"))
            return FilterKind.Net;
        if (TryNext("port"))
            return FilterKind.Port;
        if (TryNext("portrange"))
            return FilterKind.PortRange;
        return TryNext("proto") ? FilterKind.Proto : FilterKind.None;
    }

    // "icmp port 80" would never match; pcap-filter refuses it too.
    private static void CheckProtocol(FilterToken first, FilterKind kind)
    {
        if (kind is FilterKind.Port or FilterKind.PortRange && IsWithoutPorts(first.Text))
            throw Unexpected(first, "tcp, udp, sctp, ip or ip6 before a port");
        if (kind == FilterKind.Proto && first.Text is not ("ip" or "ip6" or "proto"))
            throw Unexpected(first, "ip, ip6 or nothing before proto");
    }

    private static bool IsWithoutPorts(string word) =>
        word == "arp" || (word is not ("ip" or "ip6") && FilterWords.ProtocolOf(word) != null && Transport.TryParse(word, out var number) && !Transport.HasPorts(number));

    // A value after "and" or "or" takes over the last qualifiers. An address alone is a host.
    private FilterNode ReadBareValue()
    {
        if (_last.TakeValue)
            return ReadValue();
        if (Prefix.TryParse(Current.Text, out _))
            return ReadNet(default);
        throw UnknownWord(Current);
    }

    private static FilterException UnknownWord(FilterToken token)
    {
        if (FilterWords.IsPacketWord(token.Text))
            return Unexpected(token, $"{ATerm}; that word is about single packets or links, and this filter is about conversations");
        if (Services.TryFind(token.Text, out _) || IsNumber(token.Text))
            return Unexpected(token, ATerm, $"port {token.Text}");
        return Unexpected(token, ATerm, FilterWords.Like(token.Text));
    }

    private FilterNode ReadValue()
    {
        if (Current.Kind != FilterTokenKind.Word || FilterWords.IsKeyword(Current.Text))
            ThrowUnlessService();
        var qualifiers = _last;
        FilterNode node = qualifiers.Kind switch
        {
            FilterKind.Host => new NetTerm(qualifiers.End, ReadHost()),
            FilterKind.Net => ReadNet(qualifiers),
            FilterKind.Port => ReadPort(qualifiers),
            FilterKind.PortRange => ReadPortRange(qualifiers),
            FilterKind.Proto => new ProtocolTerm(ReadProtocol()),
            _ => ReadNet(qualifiers),
        };
        return qualifiers.Protocol == null ? node : new AllOf(qualifiers.Protocol, node);
    }

    // "port vxlan" is a port although vxlan is a keyword, as "proto tcp" is a protocol.
    private void ThrowUnlessService()
    {
        if (_last.Kind == FilterKind.Port && Current.Kind == FilterTokenKind.Word && Services.TryFind(Current.Text, out _))
            return;
        if (_last.Kind == FilterKind.Proto && Current.Kind == FilterTokenKind.Word)
            return;
        throw Unexpected(Expected(_last.Kind));
    }

    private static string Expected(FilterKind kind) => kind switch
    {
        FilterKind.Port => "a port from 0 to 65535 or the name of a service such as https",
        FilterKind.PortRange => "a range of ports such as 8000-8999",
        FilterKind.Net => "a network such as 10.0.0.0/8 or 2001:db8::/32",
        FilterKind.Proto => "a protocol number from 0 to 255 or a name such as gre",
        FilterKind.Host => "an IP address (names are not resolved)",
        _ => "host, net, port, portrange or an IP address (names are not resolved)",
    };
}
