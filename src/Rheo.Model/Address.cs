using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Rheo.Model;

/// <summary>An IPv4 or IPv6 address.</summary>
/// <remarks>
/// Shape: 16 bytes in network order, IPv4 as IPv4-mapped IPv6 (<c>::ffff:a.b.c.d</c>), so that it can be read straight
/// from a kernel record. Cost: no allocation except in <see cref="ToString()"/>.
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
public readonly partial struct Address : IEquatable<Address>, IComparable<Address>, ISpanFormattable, ISpanParsable<Address>
{
    /// <summary>Bytes that an address takes: 16, for either family.</summary>
    public const int Size = 16;

    // In memory order, not host order: reading this struct's memory gives the bytes of the wire.
    private readonly ulong _first;
    private readonly ulong _last;

    private Address(ulong first, ulong last)
    {
        _first = first;
        _last = last;
    }

    /// <summary>Reads an address from 4 bytes (IPv4) or 16 bytes (IPv6 or IPv4-mapped) in network order.</summary>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    public Address(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 4)
            this = FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(bytes));
        else if (bytes.Length == Size)
            this = MemoryMarshal.Read<Address>(bytes);
        else
            throw new ArgumentException("An address has 4 or 16 bytes.", nameof(bytes));
    }

    /// <summary>The unspecified IPv6 address, <c>::</c>; also the default value.</summary>
    public static Address Any => default;

    /// <summary>True when this is an IPv4 address (held IPv4-mapped).</summary>
    public bool IsIPv4 => _first == 0 && (HostOrder(_last) >> 32) == 0xffff;

    /// <summary>The IPv4 address as a number in host order; meaningless unless <see cref="IsIPv4"/>.</summary>
    public uint IPv4 => (uint)HostOrder(_last);

    /// <summary>The upper 64 bits as a number in host order.</summary>
    public ulong Upper => HostOrder(_first);

    /// <summary>The lower 64 bits as a number in host order.</summary>
    public ulong Lower => HostOrder(_last);

    /// <summary>The IPv4 address whose four bytes are this number's, highest first: <c>0x7f000001</c> is 127.0.0.1.</summary>
    public static Address FromIPv4(uint hostOrder) => new(0, HostOrder(0xffff_0000_0000UL | hostOrder));

    /// <summary>The address made of two 64-bit halves in host order.</summary>
    public static Address FromHalves(ulong upper, ulong lower) => new(HostOrder(upper), HostOrder(lower));

    /// <summary>Writes the 16 bytes in network order.</summary>
    /// <exception cref="ArgumentException">The span is shorter than 16 bytes.</exception>
    public void CopyTo(Span<byte> destination) => MemoryMarshal.Write(destination, in this);

    /// <inheritdoc/>
    public bool Equals(Address other) => _first == other._first && _last == other._last;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Address other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_first, _last);

    /// <summary>Orders by the bytes in network order; IPv4 stands among IPv6 where its mapped form does.</summary>
    public int CompareTo(Address other)
    {
        var upper = Upper.CompareTo(other.Upper);
        return upper != 0 ? upper : Lower.CompareTo(other.Lower);
    }

    /// <summary>Whether both are the same address.</summary>
    public static bool operator ==(Address left, Address right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(Address left, Address right) => !left.Equals(right);

    /// <summary>Whether left comes first in network order.</summary>
    public static bool operator <(Address left, Address right) => left.CompareTo(right) < 0;

    /// <summary>Whether left comes last in network order.</summary>
    public static bool operator >(Address left, Address right) => left.CompareTo(right) > 0;

    /// <summary>Whether left comes first, or both are the same.</summary>
    public static bool operator <=(Address left, Address right) => left.CompareTo(right) <= 0;

    /// <summary>Whether left comes last, or both are the same.</summary>
    public static bool operator >=(Address left, Address right) => left.CompareTo(right) >= 0;

    /// <summary>The address whose memory is these two words; the way back from <see cref="RawFirst"/> and <see cref="RawLast"/>.</summary>
    internal static Address FromMemory(ulong first, ulong last) => new(first, last);

    internal ulong RawFirst => _first;

    internal ulong RawLast => _last;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong HostOrder(ulong value) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
}
