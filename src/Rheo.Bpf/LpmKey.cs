using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Rheo.Bpf;

/// <summary>Makes keys of LPM tries from networks and addresses.</summary>
public static class LpmKey
{
    /// <summary>Makes the key of an IPv4 network, to set it, or of an address (/32), to look it up.</summary>
    /// <param name="network">The network.</param>
    /// <exception cref="ArgumentException">It is not IPv4.</exception>
    public static LpmKey<uint> OfIPv4(IPNetwork network) => Of<uint>(network, AddressFamily.InterNetwork);

    /// <summary>Makes the key of an IPv6 network, to set it, or of an address (/128), to look it up.</summary>
    /// <param name="network">The network.</param>
    /// <exception cref="ArgumentException">It is not IPv6.</exception>
    public static LpmKey<UInt128> OfIPv6(IPNetwork network) => Of<UInt128>(network, AddressFamily.InterNetworkV6);

    private static LpmKey<TAddress> Of<TAddress>(IPNetwork network, AddressFamily family)
        where TAddress : unmanaged
    {
        if (network.BaseAddress.AddressFamily != family)
            throw new ArgumentException($"{network} is of another address family", nameof(network));
        var address = default(TAddress);
        network.BaseAddress.TryWriteBytes(MemoryMarshal.AsBytes(new Span<TAddress>(ref address)), out _);
        return new LpmKey<TAddress>((uint)network.PrefixLength, address);
    }
}
