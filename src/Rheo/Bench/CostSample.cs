using Rheo.Bench.Traffic;
using Rheo.Measured;

namespace Rheo.Bench;

/// <summary>What watching cost in one row of one round, and what the observer says to have seen.</summary>
/// <param name="Packets">The packets of the time that is measured.</param>
/// <param name="All">These, and those of the warm-up, which the observer saw too.</param>
/// <param name="ObserverNs">CPU time of the observer's processes.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Counted">What the observer has counted of all; null without an observer.</param>
/// <param name="Wakeups">How often the observer's threads woke up.</param>
internal readonly record struct CostSample(
    PacketSample Packets, PacketSample All, long ObserverNs, double Seconds, long? Counted, long Wakeups)
{
    public long CpuNs => Packets.NapiNs + ObserverNs;

    /// <summary>CPU for each packet that came, in percent of a core at a rate. On a calm machine the packets come at that rate.</summary>
    public double PercentAt(int rate) => (double)CpuNs / Packets.Received * rate / 1e7;

    /// <summary>From the source to the observer's books.</summary>
    public PacketCounts Counts => new(All.Offered, All.Received, Counted);

    /// <summary>Packets in a second, as they came.</summary>
    public double Rate => Packets.Received / Seconds;
}
