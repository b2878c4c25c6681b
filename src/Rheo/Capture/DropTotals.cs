using Rheo.Model.Drops;

namespace Rheo.Capture;

/// <summary>
/// The words of each place's counts, kept as long as the counts stand: most places of a host have dropped something once, and few do at
/// any time. Threads: one. Cost: a place that counted costs up to two system calls for its names, another one nothing.
/// </summary>
internal sealed class DropTotals(DropNamer namer)
{
    /// <summary>After so many readings all names are asked for again.</summary>
    private const int MostReadings = 60;

    /// <summary>A wall clock that was set by more makes all times new.</summary>
    private const long StepNs = 1_000_000;

    private Dictionary<DropPlace, Known> _before = new(Places.Equal);
    private Dictionary<DropPlace, Known> _now = new(Places.Equal);
    private long _unixLessMonotonicNs;
    private int _readings;

    /// <summary>All places with their words.</summary>
    /// <param name="places">What the kernel has counted, each place once.</param>
    /// <param name="unixLessMonotonicNs">From the kernel's clock to Unix time.</param>
    internal IReadOnlyList<DropTotal> Of(IReadOnlyList<(DropPlace Key, DropCounts Counts)> places, long unixLessMonotonicNs)
    {
        if (Math.Abs(unixLessMonotonicNs - _unixLessMonotonicNs) > StepNs || ++_readings > MostReadings)
        {
            _before.Clear();
            (_unixLessMonotonicNs, _readings) = (unixLessMonotonicNs, 0);
        }

        var totals = new DropTotal[places.Count];
        for (var at = 0; at < totals.Length; at++)
            totals[at] = Total(places[at].Key, places[at].Counts);
        (_before, _now) = (_now, _before);
        _now.Clear();
        return totals;
    }

    private DropTotal Total(in DropPlace place, in DropCounts counts)
    {
        if (!_before.TryGetValue(place, out var known) || known.Counts.Packets != counts.Packets || known.Counts.Bytes != counts.Bytes)
            known = new Known(counts, namer.Total(in place, null, in counts, (long)counts.LastNs + _unixLessMonotonicNs));
        if (IsWhole(in place, known.Total))
            _now[place] = known;
        return known.Total;
    }

    // The counter may have been read just before a name was written.
    private static bool IsWhole(in DropPlace place, DropTotal total) =>
        total.Place != DropNamer.Nameless && (place.Ifindex == 0 || total.Device.Length > 0);

    private readonly record struct Known(DropCounts Counts, DropTotal Total);

    private sealed class Places : IEqualityComparer<DropPlace>
    {
        internal static readonly Places Equal = new();

        public bool Equals(DropPlace one, DropPlace other) =>
            (one.Location, one.Reason, one.Ifindex, one.Netns, one.Protocol, one.Hook)
            == (other.Location, other.Reason, other.Ifindex, other.Netns, other.Protocol, other.Hook);

        public int GetHashCode(DropPlace place) =>
            HashCode.Combine(place.Location, place.Reason, place.Ifindex, place.Netns, place.Protocol, place.Hook);
    }
}
