namespace Rheo.Model;

/// <summary>Strict readers of address text: no octal, no missing parts, no zone.</summary>
internal static class AddressText
{
    public static bool TryParseIPv4(ReadOnlySpan<char> text, out Address address)
    {
        address = default;
        if (!TryReadOctets(text, out var value, out var count) || count != 4)
            return false;
        address = Address.FromIPv4(value);
        return true;
    }

    /// <summary>Reads one to four dotted octets; the value holds them in its upper bytes.</summary>
    public static bool TryReadOctets(ReadOnlySpan<char> text, out uint value, out int count)
    {
        value = 0;
        count = 0;
        foreach (var part in text.Split('.'))
        {
            if (count == 4 || !TryReadOctet(text[part], out var octet))
                return false;
            value |= octet << (24 - (8 * count++));
        }
        return count > 0;
    }

    public static bool TryParseIPv6(ReadOnlySpan<char> text, out Address address)
    {
        address = default;
        Span<ushort> head = stackalloc ushort[8];
        Span<ushort> tail = stackalloc ushort[8];
        var gap = text.IndexOf("::");
        if (gap < 0)
        {
            if (!TryReadGroups(text, head, out var all) || all != 8)
                return false;
        }
        else
        {
            if (!TryReadGroups(text[..gap], head, out var before) || !TryReadGroups(text[(gap + 2)..], tail, out var after) || before + after > 7)
                return false;
            tail[..after].CopyTo(head[(8 - after)..]);
        }
        address = Address.FromHalves(Half(head[..4]), Half(head[4..]));
        return true;
    }

    private static bool TryReadOctet(ReadOnlySpan<char> text, out uint octet)
    {
        octet = 0;
        if (text.Length is 0 or > 3 || (text.Length > 1 && text[0] == '0'))
            return false;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit(digit))
                return false;
            octet = (octet * 10) + (uint)(digit - '0');
        }
        return octet <= 255;
    }

    private static bool TryReadGroups(ReadOnlySpan<char> text, Span<ushort> groups, out int count)
    {
        count = 0;
        if (text.IsEmpty)
            return true;
        while (true)
        {
            var colon = text.IndexOf(':');
            var part = colon < 0 ? text : text[..colon];
            if (colon < 0 && part.Contains('.'))
                return TryReadQuad(part, groups, ref count);
            if (count == 8 || !TryReadGroup(part, out groups[count]))
                return false;
            count++;
            if (colon < 0)
                return true;
            text = text[(colon + 1)..];
        }
    }

    private static bool TryReadQuad(ReadOnlySpan<char> text, Span<ushort> groups, ref int count)
    {
        if (count > 6 || !TryReadOctets(text, out var value, out var octets) || octets != 4)
            return false;
        groups[count++] = (ushort)(value >> 16);
        groups[count++] = (ushort)value;
        return true;
    }

    private static bool TryReadGroup(ReadOnlySpan<char> text, out ushort group)
    {
        group = 0;
        if (text.Length is 0 or > 4)
            return false;
        foreach (var digit in text)
        {
            if (!char.IsAsciiHexDigit(digit))
                return false;
            group = (ushort)((group << 4) | HexValue(digit));
        }
        return true;
    }

    private static int HexValue(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private static ulong Half(ReadOnlySpan<ushort> groups) =>
        ((ulong)groups[0] << 48) | ((ulong)groups[1] << 32) | ((ulong)groups[2] << 16) | groups[3];
}
