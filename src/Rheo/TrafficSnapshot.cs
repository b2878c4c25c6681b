using Rheo.Model;
using Rheo.Model.Connections;
using Rheo.Model.Drops;
using Rheo.Model.Owners;

namespace Rheo;

/// <summary>The sums at one scan, for readers on other threads. Immutable.</summary>
public sealed record TrafficSnapshot
{
    /// <summary>Time of the scan, in nanoseconds since the Unix epoch.</summary>
    public required long TimeNs { get; init; }

    /// <summary>Conversations in the table.</summary>
    public required int Live { get; init; }

    /// <summary>Everything ever counted in conversations; each packet once.</summary>
    public required ConversationTotals Total { get; init; }

    /// <summary>Conversations that ended, by reason: the index is the <see cref="EndReason"/>.</summary>
    public required IReadOnlyList<ulong> Ended { get; init; }

    /// <summary>TCP packets by flag.</summary>
    public required TcpFlagTotals TcpFlags { get; init; }

    /// <summary>TCP handshakes completed.</summary>
    public required ulong Handshakes { get; init; }

    /// <summary>Of these, those in which a packet was sent again.</summary>
    public required ulong HandshakesRetransmitted { get; init; }

    /// <summary>Handshake round trips in each bucket of <see cref="RttHistogram.BoundsSeconds"/>, not cumulative.</summary>
    public required IReadOnlyList<ulong> RttCounts { get; init; }

    /// <summary>Sum of the handshake round trips.</summary>
    public required double RttSumSeconds { get; init; }

    /// <summary>What each interface carried; rows that carried nothing are left out.</summary>
    public required IReadOnlyList<InterfaceTraffic> Interfaces { get; init; }

    /// <summary>What interfaces that are gone had carried; their index is 0 and their name is empty.</summary>
    public required IReadOnlyList<InterfaceTraffic> Gone { get; init; }

    /// <summary>What the ends carried, by whose they are.</summary>
    public OwnerSums Owners { get; init; } = OwnerSums.None;

    /// <summary>The capture's books.</summary>
    public required Ledger Ledger { get; init; }

    /// <summary>What the kernel dropped, without the flows; null: nobody watches.</summary>
    public DropSnapshot? Drops { get; init; }

    /// <summary>Of each optional kernel object that was asked for, whether it is at work.</summary>
    public IReadOnlyList<PartState> Parts { get; init; } = [];

    /// <summary>TCP connections of this machine's sockets; null: nobody watches them.</summary>
    public ConnectionSums? Connections { get; init; }

    /// <summary>How well it is known whose the sockets are; null: the socket object is not at work.</summary>
    public SocketHealth? Sockets { get; init; }

    /// <summary>How the capture itself is doing.</summary>
    public CaptureHealth Health { get; init; } = CaptureHealth.Empty;
}
