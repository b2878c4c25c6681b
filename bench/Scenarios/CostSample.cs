using Rheo.Bench.Traffic;

namespace Rheo.Bench.Scenarios;

/// <summary>What watching cost in one row of one round, and what the observer says to have seen.</summary>
internal readonly record struct CostSample(PacketSample Packets, long ObserverNs, double Seconds, long? Counted, long Wakeups)
{
    public long CpuNs => Packets.NapiNs + ObserverNs;

    /// <summary>CPU for each packet that came, in percent of a core at a rate. On a calm machine the packets come at that rate.</summary>
    public double PercentAt(int rate) => (double)CpuNs / Packets.Received * rate / 1e7;

    /// <summary>Packets that the device received and the observer did not count.</summary>
    public long Missed => Packets.Received - (Counted ?? Packets.Received);

    /// <summary>Packets in a second, as they came.</summary>
    public double Rate => Packets.Received / Seconds;
}
