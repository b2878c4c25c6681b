namespace Rheo.Model.Connections;

/// <content>The wall clock, when somebody sets it.</content>
public sealed partial class ConnectionTable
{
    /// <summary>
    /// Moves all moments that the table holds: the clock was set, and from now on the caller's times are as much later. What lasts goes on
    /// as if nothing had happened: windows, turns, the time in a state.
    /// </summary>
    /// <param name="byNs">How far the clock was set forward; negative: back.</param>
    /// <remarks>Cost: proportional to the connections; for steps alone, not for a clock that is slewed.</remarks>
    public void ShiftTime(long byNs)
    {
        if (byNs == 0)
            return;
        (_walkNs, _walkBeforeNs) = (Moment.Shift(_walkNs, byNs), Moment.Shift(_walkBeforeNs, byNs));
        foreach (var entry in _live.Values)
            entry.ShiftTime(byNs);
        foreach (var entry in _ended)
            entry.ShiftTime(byNs);
        _listeners.ShiftTime(byNs);
    }
}
