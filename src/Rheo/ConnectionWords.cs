using System.Globalization;
using Rheo.Model.Connections;

namespace Rheo;

/// <summary>The words that stand for what connections have, in every output: those of <c>ss</c>, with underscores.</summary>
public static class ConnectionWords
{
    private static readonly (ConnectionState State, string Word)[] States =
    [
        (ConnectionState.Established, "established"), (ConnectionState.SynSent, "syn_sent"), (ConnectionState.SynReceived, "syn_recv"),
        (ConnectionState.FinWait1, "fin_wait_1"), (ConnectionState.FinWait2, "fin_wait_2"), (ConnectionState.TimeWait, "time_wait"),
        (ConnectionState.Closed, "closed"), (ConnectionState.CloseWait, "close_wait"), (ConnectionState.LastAck, "last_ack"),
        (ConnectionState.Listen, "listening"), (ConnectionState.Closing, "closing"),
    ];

    private static readonly (ConnectionOrder Order, string Word)[] Orders =
    [
        (ConnectionOrder.Slowest, "slow"), (ConnectionOrder.Rtt, "rtt"), (ConnectionOrder.Retransmits, "retransmits"), (ConnectionOrder.Bytes, "bytes"),
        (ConnectionOrder.Opened, "opened"),
    ];

    /// <summary>All orders that a person may ask for.</summary>
    public static IReadOnlyList<string> OrderWords { get; } = [.. Orders.Select(pair => pair.Word)];

    /// <summary>An order by its word.</summary>
    public static bool TryParse(string word, out ConnectionOrder order)
    {
        order = Orders.FirstOrDefault(pair => pair.Word == word).Order;
        return Of(order) == word;
    }

    /// <summary>The order.</summary>
    public static string Of(ConnectionOrder order) => Orders.First(pair => pair.Order == order).Word;

    /// <summary>All states that a person may ask for.</summary>
    public static IReadOnlyList<string> StateWords { get; } = [.. States.Select(pair => pair.Word)];

    /// <summary>A state by its word, as this program or <c>ss</c> writes it.</summary>
    public static bool TryParse(string word, out ConnectionState state)
    {
        state = States.FirstOrDefault(pair => pair.Word.Equals(word.Replace('-', '_'), StringComparison.OrdinalIgnoreCase)).State;
        return state != ConnectionState.None;
    }

    /// <summary>The state.</summary>
    public static string Of(ConnectionState state) => States.FirstOrDefault(pair => pair.State == state).Word ?? "none";

    /// <summary>Which end this is.</summary>
    public static string Of(ConnectionRole role) => role switch
    {
        ConnectionRole.Client => "client",
        ConnectionRole.Server => "server",
        _ => "unknown",
    };

    /// <summary>Why it is over; <c>none</c> while it lives.</summary>
    public static string Of(ConnectionEnd end) => end switch
    {
        ConnectionEnd.FinSent => "fin_sent",
        ConnectionEnd.FinReceived => "fin_received",
        ConnectionEnd.ResetSent => "reset_sent",
        ConnectionEnd.ResetReceived => "reset_received",
        ConnectionEnd.TimedOut => "timed_out",
        ConnectionEnd.Refused => "refused",
        ConnectionEnd.Unreachable => "unreachable",
        ConnectionEnd.GivenUp => "given_up",
        ConnectionEnd.Other => "other",
        ConnectionEnd.Unseen => "unseen",
        _ => "none",
    };

    /// <summary>Who makes it slow or fail.</summary>
    public static string Of(BlameParty party) => party switch
    {
        BlameParty.Client => "client_application",
        BlameParty.Network => "network",
        BlameParty.ServerQueue => "server_queue",
        BlameParty.Server => "server_application",
        _ => "none",
    };

    /// <summary>Why.</summary>
    public static string Of(BlameReason reason) => reason switch
    {
        BlameReason.Refused => "refused",
        BlameReason.Unreachable => "unreachable",
        BlameReason.SynUnanswered => "syn_unanswered",
        BlameReason.Unanswered => "unanswered",
        BlameReason.Reset => "reset",
        BlameReason.QueueFull => "queue_full",
        BlameReason.NotAccepted => "not_accepted",
        BlameReason.WindowClosed => "window_closed",
        BlameReason.SlowReader => "slow_reader",
        BlameReason.Loss => "loss",
        BlameReason.SmallBuffer => "small_buffer",
        BlameReason.SlowAnswer => "slow_answer",
        BlameReason.LongRoundTrip => "long_round_trip",
        _ => "none",
    };

    /// <summary>A verdict as a phrase with its figures: <c>network: 51 of 1,020 segments lost</c>; empty without one.</summary>
    public static string Phrase(in Verdict verdict) =>
        verdict.Party == BlameParty.None ? "" : $"{Of(verdict.Party).Replace('_', ' ')}: {Evidence(verdict)}";

    private static string Evidence(in Verdict verdict) => verdict.Reason switch
    {
        BlameReason.Refused => "nobody listens there",
        BlameReason.Unreachable => "there is no way",
        BlameReason.SynUnanswered => $"no answer for {Time(verdict.TimeNs)}, {Words.Number(verdict.Count, "SYN")} sent again",
        BlameReason.Unanswered => $"no answer any more, {Words.Number(verdict.Count, "segment")} sent again",
        BlameReason.Reset => "broke it off",
        BlameReason.QueueFull => $"accept queue full, {Number(verdict.Count)} of {Number(verdict.Of)}",
        BlameReason.NotAccepted => $"not accepted for {Time(verdict.TimeNs)}",
        BlameReason.WindowClosed => $"does not read, window closed for {Time(verdict.TimeNs)}",
        BlameReason.SlowReader => $"reads slowly, its window kept the sender for {Time(verdict.TimeNs)}",
        BlameReason.Loss => $"{Number(verdict.Count)} of {Number(verdict.Of)} segments lost or late",
        BlameReason.SmallBuffer => $"its send buffer kept it for {Time(verdict.TimeNs)}",
        BlameReason.SlowAnswer => $"answers take {Time(verdict.TimeNs)}",
        BlameReason.LongRoundTrip => $"round trip {Time(verdict.TimeNs)}",
        _ => "",
    };

    private static string Number(ulong value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Time(long ns) => ns switch
    {
        < 1_000_000 => Scaled(ns / 1e3, "us"),
        < 1_000_000_000 => Scaled(ns / 1e6, "ms"),
        _ => Scaled(ns / 1e9, "s"),
    };

    private static string Scaled(double value, string unit) =>
        value.ToString(value < 9.95 ? "0.0" : "0", CultureInfo.InvariantCulture) + " " + unit;
}
