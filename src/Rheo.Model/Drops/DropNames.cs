using System.Globalization;

namespace Rheo.Model.Drops;

/// <summary>Names for what drops carry as numbers.</summary>
/// <param name="own">Inode of the namespace that interface names belong to.</param>
/// <param name="interfaceName">The name of an interface of that namespace.</param>
/// <param name="namespaceName">The name of a namespace by its inode; null: it has none.</param>
public sealed class DropNames(uint own, Func<int, string> interfaceName, Func<uint, string?> namespaceName)
{
    /// <summary>The interface: its name where the kernel told it or it is in our namespace, else <c>if</c> and its index there; empty: none is known.</summary>
    public string Interface(DropTotal drop)
    {
        if (drop.Interface == 0 || drop.Device.Length > 0)
            return drop.Device;
        return drop.Namespace == own || drop.Namespace == 0
            ? interfaceName(drop.Interface)
            : string.Create(CultureInfo.InvariantCulture, $"if{drop.Interface}");
    }

    /// <summary>The namespace: empty for our own and where it is unknown, else its name or its inode.</summary>
    public string Namespace(DropTotal drop) =>
        drop.Namespace == own || drop.Namespace == 0
            ? ""
            : namespaceName(drop.Namespace) ?? drop.Namespace.ToString(CultureInfo.InvariantCulture);
}
