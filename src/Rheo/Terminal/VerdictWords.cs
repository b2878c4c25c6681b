using System.Globalization;
using Rheo.Model.Connections;

namespace Rheo.Terminal;

/// <summary>Verdicts for a screen that has no room for a phrase: who, and how much. What the phrase is, <see cref="ConnectionWords.Phrase"/> says.</summary>
internal static class VerdictWords
{
    /// <summary>The longest phrase with usual figures.</summary>
    public const int Longest = 70;

    /// <summary>25: beside the ends and the state it fits 80 columns.</summary>
    public const int LongestBrief = 25;

    /// <summary>A verdict in few words: <c>network: 51/1.02k lost</c>; empty without one.</summary>
    public static string Brief(in Verdict verdict) =>
        verdict.Party == BlameParty.None ? "" : $"{Party(verdict.Party)}: {Evidence(verdict)}";

    private static string Party(BlameParty party) => party switch
    {
        BlameParty.Client => "client",
        BlameParty.Network => "network",
        BlameParty.ServerQueue => "queue",
        _ => "server",
    };

    private static string Evidence(in Verdict verdict) => verdict.Reason switch
    {
        BlameReason.Refused => "refused",
        BlameReason.Unreachable => "no way there",
        BlameReason.SynUnanswered => "silent " + Time(verdict.TimeNs),
        BlameReason.Unanswered => "silent now",
        BlameReason.Reset => "broke it off",
        BlameReason.QueueFull => $"full {Units.Count(verdict.Count)}/{Units.Count(verdict.Of)}",
        BlameReason.NotAccepted => "waits " + Time(verdict.TimeNs),
        BlameReason.WindowClosed => "unread " + Time(verdict.TimeNs),
        BlameReason.SlowReader => "slow read " + Time(verdict.TimeNs),
        BlameReason.Loss => $"{Units.Count(verdict.Count)}/{Units.Count(verdict.Of)} lost",
        BlameReason.SmallBuffer => "buffer " + Time(verdict.TimeNs),
        BlameReason.SlowAnswer => "answers " + Time(verdict.TimeNs),
        BlameReason.LongRoundTrip => "rtt " + Time(verdict.TimeNs),
        _ => "",
    };

    private static string Time(long ns) => ns switch
    {
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{ns / 1000}us"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{ns / 1_000_000}ms"),
        < 9_950_000_000 => string.Create(CultureInfo.InvariantCulture, $"{ns / 1e9:0.0}s"),
        _ => FlowWords.Ago(ns),
    };
}
