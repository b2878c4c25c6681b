using System.Runtime.InteropServices;

namespace Rheo.Bpf;

/// <summary>A key of an LPM trie: so many leading bits of an address.</summary>
/// <remarks>Shape: <c>struct bpf_lpm_trie_key</c>: the length in bits, in host order, and right behind it the address, in network order.
/// When looking an address up, the length is all its bits, and the element with the longest matching prefix is found.</remarks>
/// <typeparam name="TAddress">The address: <see cref="uint"/> for IPv4, <see cref="UInt128"/> for IPv6, as the bytes lie in a packet.</typeparam>
/// <param name="PrefixLength">How many leading bits count.</param>
/// <param name="Address">The address, in network order.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public readonly record struct LpmKey<TAddress>(uint PrefixLength, TAddress Address)
    where TAddress : unmanaged;
