using Rheo.Model.Owners;

namespace Rheo.Model.Table;

/// <summary>Lists of processes are equal when they name the same ones in the same order.</summary>
internal sealed class OwnerListComparer : IEqualityComparer<IReadOnlyList<SocketProcess>>
{
    public static OwnerListComparer Instance { get; } = new();

    public bool Equals(IReadOnlyList<SocketProcess>? x, IReadOnlyList<SocketProcess>? y)
    {
        if (ReferenceEquals(x, y))
            return true;
        if (x is null || y is null || x.Count != y.Count)
            return false;
        for (var at = 0; at < x.Count; at++)
        {
            if (!x[at].Equals(y[at]))
                return false;
        }
        return true;
    }

    public int GetHashCode(IReadOnlyList<SocketProcess> obj) =>
        obj.Count == 0 ? 0 : HashCode.Combine(obj.Count, obj[0].Pid, obj[0].Name);
}
