using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Rheo.Bpf.Netlink;

/// <summary>The link-layer address of a device: 6 bytes on Ethernet, 4 or 16 on IP tunnels, none on others.</summary>
/// <remarks><b>Shape</b>: at most 32 bytes (MAX_ADDR_LEN), in the order they stand on the wire.</remarks>
public readonly struct HardwareAddress : IEquatable<HardwareAddress>
{
    /// <summary>The longest address the kernel knows.</summary>
    public const int MaxLength = 32;

    private readonly Octets _octets;
    private readonly byte _length;

    /// <summary>Copies an address; what is longer than <see cref="MaxLength"/> is cut.</summary>
    /// <param name="octets">The bytes as they stand on the wire.</param>
    public HardwareAddress(ReadOnlySpan<byte> octets)
    {
        _length = (byte)Math.Min(octets.Length, MaxLength);
        octets[.._length].CopyTo(_octets);
    }

    /// <summary>The number of bytes; 0 when the device has no address.</summary>
    public int Length => _length;

    /// <summary>The bytes of this address.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Bytes => ((ReadOnlySpan<byte>)_octets)[.._length];

    /// <inheritdoc/>
    public bool Equals(HardwareAddress other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is HardwareAddress other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>Writes the address as <c>02:fc:00:00:00:01</c>; empty when there is none.</summary>
    /// <returns>Lower-case hexadecimal bytes with colons.</returns>
    public override string ToString() => string.Join(':', Bytes.ToArray().Select(octet => octet.ToString("x2")));

    /// <summary>Compares two addresses byte by byte.</summary>
    /// <param name="left">One address.</param>
    /// <param name="right">The other address.</param>
    /// <returns>True when length and bytes are the same.</returns>
    public static bool operator ==(HardwareAddress left, HardwareAddress right) => left.Equals(right);

    /// <summary>Compares two addresses byte by byte.</summary>
    /// <param name="left">One address.</param>
    /// <param name="right">The other address.</param>
    /// <returns>True when length or a byte differs.</returns>
    public static bool operator !=(HardwareAddress left, HardwareAddress right) => !left.Equals(right);

    [InlineArray(MaxLength)]
    private struct Octets
    {
        private byte _first;
    }
}
