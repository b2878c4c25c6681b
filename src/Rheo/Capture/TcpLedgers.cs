using Rheo.Model.Connections;

namespace Rheo.Capture;

/// <summary>The counters of all CPUs together.</summary>
internal static class TcpLedgers
{
    internal static ConnectionTotals Sum(ReadOnlySpan<TcpLedger> cpus)
    {
        var sum = default(TcpLedger);
        var (ends, failures, again) = (new ulong[16], new ulong[16], new ulong[8]);
        foreach (ref readonly var cpu in cpus)
        {
            sum.Attempts += cpu.Attempts;
            sum.Opened += cpu.Opened;
            sum.Accepted += cpu.Accepted;
            sum.ResetsSent += cpu.ResetsSent;
            sum.ResetsReceived += cpu.ResetsReceived;
            sum.LostMoments += cpu.LostMoments;
            sum.LostLives += cpu.LostLives;
            Add(ends, cpu.Ends);
            Add(failures, cpu.Failures);
            Add(again, cpu.Retransmits);
        }

        return new ConnectionTotals
        {
            Attempts = sum.Attempts,
            Opened = sum.Opened,
            Accepted = sum.Accepted,
            Ends = ends,
            Failures = failures,
            Retransmits = new(
                again[(int)TcpCause.Timeout], again[(int)TcpCause.Fast], again[(int)TcpCause.Probe], again[(int)TcpCause.Syn], again[(int)TcpCause.SynAck]),
            ResetsSent = sum.ResetsSent,
            ResetsReceived = sum.ResetsReceived,
            LostMoments = sum.LostMoments,
            LostSockets = sum.LostLives,
        };
    }

    private static void Add(ulong[] sums, ReadOnlySpan<ulong> more)
    {
        for (var at = 0; at < sums.Length; at++)
            sums[at] += more[at];
    }
}
