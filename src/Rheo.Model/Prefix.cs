namespace Rheo.Model;

/// <summary>A network: an address and the number of leading bits that count (CIDR).</summary>
public readonly struct Prefix : IEquatable<Prefix>
{
    private readonly byte _bits; // of the 16-byte form: an IPv4 /8 is 104

    /// <summary>Makes the network of the address; bits below the length are cleared.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is not within 0 and 32 (IPv4) or 128 (IPv6).</exception>
    public Prefix(Address address, int length)
    {
        var maximum = address.IsIPv4 ? 32 : 128;
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, maximum);
        _bits = (byte)(128 - maximum + length);
        Address = Address.FromHalves(address.Upper & UpperMask(_bits), address.Lower & LowerMask(_bits));
    }

    /// <summary>The network's first address.</summary>
    public Address Address { get; }

    /// <summary>Leading bits that count: 0 to 32 for IPv4, 0 to 128 for IPv6.</summary>
    public int Length => IsIPv4 ? _bits - 96 : _bits;

    private bool IsIPv4 => _bits >= 96 && Address.IsIPv4;

    /// <summary>Whether the address lies in this network; an IPv4 address never lies in an IPv6 network of fewer than 96 bits.</summary>
    public bool Contains(Address address) =>
        address.IsIPv4 == IsIPv4
        && (address.Upper & UpperMask(_bits)) == Address.Upper
        && (address.Lower & LowerMask(_bits)) == Address.Lower;

    /// <summary>Reads <c>10.0.0.0/8</c>, <c>2001:db8::/32</c>, or a bare address as a network of itself.</summary>
    /// <exception cref="FormatException">The text is none of these.</exception>
    public static Prefix Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var prefix) ? prefix : throw new FormatException($"'{text}' is not a network such as 10.0.0.0/8.");

    /// <summary>Reads what <see cref="Parse"/> reads; false when the text is none of it.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Prefix prefix)
    {
        prefix = default;
        var slash = text.IndexOf('/');
        if (!Address.TryParse(slash < 0 ? text : text[..slash], out var address))
            return false;
        var length = address.IsIPv4 ? 32 : 128;
        var maximum = length;
        if (slash >= 0 && (!TryReadLength(text[(slash + 1)..], out length) || length > maximum))
            return false;
        prefix = new Prefix(address, length);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(Prefix other) => _bits == other._bits && Address == other.Address;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Prefix other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_bits, Address);

    /// <summary>Whether both are the same network.</summary>
    public static bool operator ==(Prefix left, Prefix right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(Prefix left, Prefix right) => !left.Equals(right);

    /// <summary><c>10.0.0.0/8</c>.</summary>
    public override string ToString() => $"{Address}/{Length}";

    private static bool TryReadLength(ReadOnlySpan<char> text, out int length)
    {
        length = 0;
        return text.Length is > 0 and <= 3 && !text.ContainsAnyExceptInRange('0', '9') && int.TryParse(text, out length);
    }

    private static ulong UpperMask(int bits) => bits >= 64 ? ulong.MaxValue : bits == 0 ? 0 : ulong.MaxValue << (64 - bits);

    private static ulong LowerMask(int bits) => bits <= 64 ? 0 : ulong.MaxValue << (128 - bits);
}
