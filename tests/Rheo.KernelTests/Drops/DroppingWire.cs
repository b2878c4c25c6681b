using Rheo.Agent;
using Rheo.KernelTests.Links;
using Rheo.Model.Drops;

namespace Rheo.KernelTests.Drops;

/// <summary>Two namespaces with a cable between them, and the drop object watching: what else the machine drops is left out.</summary>
internal sealed class DroppingWire : IDisposable
{
    private readonly OwnDrops _capture;

    private DroppingWire(TestNamespace left, TestNamespace right, OwnDrops capture) => (Left, Right, _capture) = (left, right, capture);

    internal TestNamespace Left { get; }

    internal TestNamespace Right { get; }

    internal static DroppingWire Create()
    {
        var (left, right) = TestNamespace.CreatePair();
        left.Ping(); // neighbours know each other from here on
        return new DroppingWire(left, right, OwnDrops.Open());
    }

    internal DropSnapshot Read() => _capture.Read();

    /// <summary>Packets that were dropped for a reason in a namespace; in <see cref="Right"/> if nothing is said.</summary>
    internal long Lost(string reason, TestNamespace? space = null) => Read().Places
        .Where(place => place.Reason == reason && place.Namespace == InodeOf(space ?? Right))
        .Sum(place => (long)place.Packets);

    internal IReadOnlyList<DropTotal> Flows(string reason) =>
        [.. Read().Flows.Where(flow => flow.Reason == reason && flow.Namespace == InodeOf(Right))];

    /// <summary>All that is called a loss in both namespaces.</summary>
    internal IReadOnlyList<DropTotal> Losses() =>
        [.. Read().Places.Where(place => place.Meaning.IsLoss && (place.Namespace == InodeOf(Left) || place.Namespace == InodeOf(Right)))];

    public void Dispose()
    {
        _capture.Dispose();
        Left.Dispose();
        Right.Dispose();
    }

    private static uint InodeOf(TestNamespace space) => uint.Parse(Shell.Run("stat", "-L", "-c", "%i", $"/run/netns/{space.Name}"));
}
