using System.Globalization;
using System.Numerics;

namespace Rheo.Model.Filters;

/// <content>Values: addresses, networks, ports, protocols, numbers.</content>
internal sealed partial class FilterParser
{
    private Prefix ReadHost()
    {
        if (!Address.TryParse(Current.Text, out var address))
            throw Unexpected(Expected(FilterKind.Host), Current.Text.Contains('/') && Prefix.TryParse(Current.Text, out _) ? $"net {Current.Text}" : null);
        Next();
        return new Prefix(address, address.IsIPv4 ? 32 : 128);
    }

    private NetTerm ReadNet(Qualifiers qualifiers)
    {
        var text = Current.Text;
        if (Prefix.TryParse(text, out var prefix))
        {
            Next();
            return new NetTerm(qualifiers.End, text.Contains('/') || !TryNext("mask") ? prefix : Masked(prefix.Address));
        }
        if (qualifiers.Kind != FilterKind.Net || !TryReadClassic(text, out prefix))
            throw Unexpected(Expected(qualifiers.Kind), FilterWords.Like(text));
        Next();
        return new NetTerm(qualifiers.End, TryNext("mask") ? Masked(prefix.Address) : prefix);
    }

    // "net 10", "net 192.168", "net 172.16.0/20": missing octets are 0, and without a length each octet given counts.
    private static bool TryReadClassic(string text, out Prefix prefix)
    {
        prefix = default;
        var slash = text.IndexOf('/');
        var octets = slash < 0 ? text : text[..slash];
        if (!AddressText.TryReadOctets(octets, out var value, out var count))
            return false;
        var length = 8 * count;
        if (slash >= 0 && !(TryReadNumber(text.AsSpan(slash + 1), 32, out var given) && (length = (int)given) >= 0))
            return false;
        prefix = new Prefix(Address.FromIPv4(value), length);
        return true;
    }

    private Prefix Masked(Address network)
    {
        if (!network.IsIPv4 || !Address.TryParse(Current.Text, out var mask) || !mask.IsIPv4 || BitOperations.PopCount(mask.IPv4) != LeadingOnes(mask.IPv4))
            throw Unexpected("an IPv4 netmask such as 255.255.255.0");
        Next();
        return new Prefix(network, LeadingOnes(mask.IPv4));
    }

    private static int LeadingOnes(uint mask) => BitOperations.LeadingZeroCount(~mask);

    private PortTerm ReadPort(Qualifiers qualifiers)
    {
        if (!TryFindPort(Current.Text, out var port))
        {
            var range = Current.Text.Contains('-') && TrySplitRange(Current.Text, out _, out _) ? $"portrange {Current.Text}" : null;
            throw Unexpected(Expected(FilterKind.Port), range ?? FilterWords.Nearest(Current.Text, Services.Names));
        }
        Next();
        return new PortTerm(qualifiers.End, port, port);
    }

    private PortTerm ReadPortRange(Qualifiers qualifiers)
    {
        if (!TrySplitRange(Current.Text, out var first, out var last))
            throw Unexpected(Expected(FilterKind.PortRange));
        Next();
        return new PortTerm(qualifiers.End, Math.Min(first, last), Math.Max(first, last));
    }

    private static bool TrySplitRange(string text, out ushort first, out ushort last)
    {
        (first, last) = (0, 0);
        for (var dash = text.IndexOf('-'); dash >= 0; dash = text.IndexOf('-', dash + 1))
        {
            // A service's name may have a dash itself.
            if (TryFindPort(text[..dash], out first) && TryFindPort(text[(dash + 1)..], out last))
                return true;
        }
        return TryFindPort(text, out first) && TryFindPort(text, out last);
    }

    private static bool TryFindPort(string text, out ushort port)
    {
        if (Services.TryFind(text, out port))
            return true;
        var isPort = TryReadNumber(text, ushort.MaxValue, out var number);
        port = (ushort)number;
        return isPort;
    }

    private byte ReadProtocol()
    {
        var text = Current.Text.TrimStart('\\'); // tcpdump's way to write a protocol that is a keyword
        if (TryReadNumber(text, byte.MaxValue, out var number))
        {
            Next();
            return (byte)number;
        }
        if (!Transport.TryParse(text, out var protocol))
            throw Unexpected(Expected(FilterKind.Proto), FilterWords.Nearest(text, FilterWords.Protocols));
        Next();
        return protocol;
    }

    private uint? ReadOptionalNumber(uint maximum, string expected)
    {
        if (Current.Kind != FilterTokenKind.Word)
            return null;
        if (!TryReadNumber(Current.Text, maximum, out var number))
            throw Unexpected($"{expected}, and, or, or the end of the filter");
        Next();
        return number;
    }

    private static bool IsNumber(string text) => TryReadNumber(text, uint.MaxValue, out _);

    private static bool TryReadNumber(ReadOnlySpan<char> text, uint maximum, out uint number)
    {
        number = 0;
        return text.Length is > 0 and <= 10
            && !text.ContainsAnyExceptInRange('0', '9')
            && uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && number <= maximum;
    }
}
