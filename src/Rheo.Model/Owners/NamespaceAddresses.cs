namespace Rheo.Model.Owners;

/// <summary>Which addresses are whose: a socket bound to none receives at those of its namespace and at no others.</summary>
internal sealed class NamespaceAddresses
{
    /// <summary>More namespaces than the kernel side tells of at once.</summary>
    private const int MostNamespaces = 4096;

    /// <summary>128 devices of 16 addresses each are told at most.</summary>
    private const int MostAddresses = 2048;

    private readonly Dictionary<ulong, HashSet<Address>> _known = [];

    internal int Count => _known.Count;

    internal void Add(ulong space, in Address address)
    {
        if (!_known.TryGetValue(space, out var addresses))
        {
            if (_known.Count >= MostNamespaces)
                _known.Clear(); // they are told again
            _known[space] = addresses = [];
        }

        if (addresses.Count >= MostAddresses)
            addresses.Clear();
        addresses.Add(address);
    }

    internal bool Has(ulong space, in Address address) =>
        IsLoopback(in address) || (_known.TryGetValue(space, out var addresses) && addresses.Contains(address));

    internal static bool IsLoopback(in Address address) =>
        address.IsIPv4 ? address.IPv4 >> 24 == 127 : address is { Upper: 0, Lower: 1 };
}
