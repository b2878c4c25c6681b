namespace Rheo.Model.Owners;

/// <summary>Which addresses are whose: a socket bound to none receives at those of its namespace and at no others.</summary>
internal sealed class NamespaceAddresses
{
    /// <summary>More namespaces than the kernel side tells of at once.</summary>
    private const int MostNamespaces = 4096;

    /// <summary>128 devices of 16 addresses each are told at most.</summary>
    private const int MostAddresses = 2048;

    /// <summary>Of all namespaces together: some 5 MB. Whoever may make namespaces may give each as many as they like.</summary>
    private const int MostOfAll = 65_536;

    private readonly Dictionary<ulong, HashSet<Address>> _known = [];
    private int _addresses;

    internal int Count => _known.Count;

    internal void Add(ulong space, in Address address)
    {
        if (!_known.TryGetValue(space, out var addresses))
        {
            if (_known.Count >= MostNamespaces)
                Forget();
            _known[space] = addresses = [];
        }

        if (addresses.Count >= MostAddresses)
        {
            _addresses -= addresses.Count;
            addresses.Clear();
        }

        if (!addresses.Add(address) || ++_addresses <= MostOfAll)
            return;
        Forget();
    }

    internal bool Has(ulong space, in Address address) =>
        IsLoopback(in address) || (_known.TryGetValue(space, out var addresses) && addresses.Contains(address));

    // They are told again.
    private void Forget()
    {
        _known.Clear();
        _addresses = 0;
    }

    internal static bool IsLoopback(in Address address) =>
        address.IsIPv4 ? address.IPv4 >> 24 == 127 : address is { Upper: 0, Lower: 1 };
}
