using System.Diagnostics;
using Rheo.Terminal;

namespace Rheo.Agent;

/// <summary>What a command tells a person beside its data: what it watches, what went wrong, what it saw in all.</summary>
/// <param name="name">The command, before each line.</param>
/// <param name="source">What it watches.</param>
/// <param name="messages">Where messages go.</param>
/// <param name="since">When it began to watch, as a <see cref="Stopwatch"/> counts.</param>
internal sealed class RunReport(string name, ITrafficSource source, TextWriter messages, long since)
{
    private const int MostNamed = 8;
    private int _warned;

    /// <summary>Says what is watched and when it will end.</summary>
    public void Begin(string ending)
    {
        Say($"watching {Watched()}{(source.IsAttaching ? ", more being attached," : "")}{source.Through} {ending}");
        Warn();
    }

    /// <summary>Passes on warnings that are new.</summary>
    public void Warn()
    {
        for (; _warned < source.Warnings.Count; _warned++)
            Say("warning: " + source.Warnings[_warned]);
    }

    /// <summary>Says what was seen, and what was lost.</summary>
    public void End(long conversationsNotKept = 0)
    {
        Warn();
        var total = source.Conversations.Total;
        Say($"{Words.Number(total.Conversations, "conversation")}, {Words.Number(total.Traffic.Packets, "packet")}, "
            + $"{Units.Bytes(total.Traffic.Bytes)} in {Units.Microseconds(Stopwatch.GetElapsedTime(since).TotalMicroseconds)}; {Losses()}");
        if (conversationsNotKept > 0)
            Say($"{Words.Number((ulong)conversationsNotKept, "ended conversation")} found no room; raise --max-conversations, or narrow the filter");
    }

    private string Losses()
    {
        var ledger = source.Ledger;
        if (ledger.Losses.All(loss => loss is { Packets: 0, Records: 0 }))
            return "nothing lost";
        var stages = ledger.Losses.Where(loss => loss.Packets > 0 || loss.Records > 0)
            .Select(loss => $"{loss.Stage}: {Words.Number(loss.Packets, "packet")}, {Units.Bytes(loss.Bytes)}, {Words.Number(loss.Records, "record")}");
        return "LOST " + string.Join("; ", stages);
    }

    private string Watched()
    {
        var attached = source.Attached;
        var named = string.Join(", ", attached.Take(MostNamed));
        return attached.Count switch
        {
            0 => "no interface yet",
            > MostNamed => $"{named} and {attached.Count - MostNamed} more",
            _ => named,
        };
    }

    private void Say(string message) => messages.WriteLine($"{name}: {Text.Printable(message)}");
}
