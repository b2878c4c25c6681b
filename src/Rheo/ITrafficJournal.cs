using Rheo.Model;

namespace Rheo;

/// <summary>
/// Hears all that a capture tells the model, in the same order, so that another model that is told the same becomes the same.
/// Threads: the polling thread. Cost: called once for each flow that has news in a scan, never for a packet.
/// </summary>
public interface ITrafficJournal
{
    /// <summary>A flow has counted more.</summary>
    /// <param name="flow">What the table calls it; not set where the traffic is no conversation's.</param>
    /// <param name="point">Where it was seen.</param>
    /// <param name="kind">The class that the interface counts it in.</param>
    /// <param name="counts">What was added.</param>
    /// <param name="lastSeenNs">Time of its last packet.</param>
    void Counted(FlowRef flow, ObservationPoint point, TrafficClass kind, in FlowCounts counts, long lastSeenNs);

    /// <summary>A SYN begins another conversation between the same endpoints; told before the table is.</summary>
    void Reopened(FlowRef flow, long synNs);

    /// <summary>A TCP handshake completed.</summary>
    void Established(in HandshakeMoment moment);

    /// <summary>A TCP connection ended.</summary>
    void Closed(in CloseMoment moment);

    /// <summary>The tunnels that end on this host are these now.</summary>
    void TunnelsChanged(IReadOnlySet<TunnelId> terminated);

    /// <summary>An interface is gone, and its totals with it.</summary>
    void Retired(int interfaceIndex);

    /// <summary>The wall clock was set: all times from now on are as much later.</summary>
    void ClockSet(long byNs);

    /// <summary>A scan is complete and the model's time has passed.</summary>
    /// <param name="timeNs">The scan's time.</param>
    /// <param name="ledger">The capture's books.</param>
    void Scanned(long timeNs, Ledger ledger);
}
