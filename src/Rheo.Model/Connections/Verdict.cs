namespace Rheo.Model.Connections;

/// <summary>Who makes a connection slow or fail, and the figures that say so.</summary>
/// <param name="Party">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="Count">How many: segments lost, SYNs sent again, connections waiting, bytes unread; 0 where that is not the figure.</param>
/// <param name="Of">Of how many; 0 where that is not the figure.</param>
/// <param name="TimeNs">How long: a window closed, an answer awaited, a round trip; 0 where that is not the figure.</param>
public readonly record struct Verdict(BlameParty Party, BlameReason Reason, ulong Count = 0, ulong Of = 0, long TimeNs = 0)
{
    /// <summary>Nothing is slow.</summary>
    public static Verdict None { get; }
}
