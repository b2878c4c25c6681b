namespace Rheo.Model;

/// <content>The wall clock, when somebody sets it.</content>
public sealed partial class ConversationTable
{
    /// <summary>
    /// Moves all times that the table holds: the clock was set, and from now on the caller's times are as much later. Durations, rates
    /// and time-outs go on as if nothing had happened, and what is shown is right by the clock as it stands.
    /// </summary>
    /// <param name="byNs">How far the clock was set forward; negative: back.</param>
    /// <remarks>Cost: proportional to the conversations; for steps alone, not for a clock that is slewed.</remarks>
    public void ShiftTime(long byNs)
    {
        if (byNs == 0)
            return;
        if (_nowNs != 0)
        {
            _nowNs += byNs;
            _startNs += byNs;
        }

        _formers.ShiftTime(byNs);
        _owners?.Accounts.ShiftTime(byNs);
        // Free entries too: they are set anew when they are taken.
        for (var index = 0; index < _conversations.High; index++)
        {
            ref var conversation = ref _conversations[index];
            conversation.FirstNs += byNs;
            conversation.LastNs += byNs;
        }

        for (var index = 0; index < _points.High; index++)
        {
            ref var point = ref _points[index];
            point.FirstNs += byNs;
            point.LastNs += byNs;
        }
    }
}
