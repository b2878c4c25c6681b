using Rheo.Model;
using Rheo.Terminal.Live;

namespace Rheo.Terminal.Top;

/// <summary>The columns of the live view, and which of them a screen shows.</summary>
internal sealed class TopColumns
{
    // The first column of the screen is the cursor's.
    private const int Margin = 1;
    private const int Gap = 1;
    private const int Rounds = 8;
    private const int NiceToKnow = 60;

    private readonly Glyphs _glyphs;
    private readonly TopColumn[] _all;

    public TopColumns(Glyphs glyphs, TopGrouping grouping)
    {
        _glyphs = glyphs;
        _all = grouping == TopGrouping.Connection ? Connection() : Grouped(grouping);
    }

    /// <summary>The interfaces that rows name; of the snapshot that is drawn.</summary>
    public InterfaceNames Interfaces { get; set; } = new(index => $"if{index}");

    /// <summary>The time of the snapshot that is drawn.</summary>
    public long NowNs { get; set; }

    /// <summary>Those that fit, where each begins, and how wide it is.</summary>
    public List<(TopColumn Column, int Start, int Width)> Fit(int width, ConversationOrder order)
    {
        var shown = _all.ToList();
        var available = width - Margin;
        while (shown.Count > 1 && Sum(Wishes(shown)) > available)
            shown.Remove(shown.MinBy(column => column.Order == order ? column.Worth + 100 : column.Worth)!);
        var widths = shown.Select(column => Math.Min(column.Narrowest, Math.Max(0, available))).ToArray();
        Grow(shown, widths, available);
        var start = Margin;
        var places = new List<(TopColumn, int, int)>();
        for (var at = 0; at < shown.Count; at++)
        {
            places.Add((shown[at], start, widths[at]));
            start += widths[at] + Gap;
        }

        return places;
    }

    // What is only nice to know comes when the rest has all it needs; the last two may be narrower than anybody likes.
    private static IEnumerable<int> Wishes(List<TopColumn> shown) =>
        shown.Exists(column => column.Worth < NiceToKnow) ? shown.Select(column => column.Comfortable)
        : shown.Count > 2 ? shown.Select(column => column.Least)
        : shown.Select(column => column.Narrowest);

    // Step by step, so that no column gets all while its neighbour starves.
    private static void Grow(List<TopColumn> shown, int[] widths, int available)
    {
        for (var round = 0; round < Rounds; round++)
        {
            for (var at = 0; at < widths.Length; at++)
            {
                var wish = round < shown[at].Grows.Length ? shown[at].Grows[round] : 0;
                var spare = available - Sum(widths);
                widths[at] += Math.Clamp(wish - widths[at], 0, Math.Max(0, spare));
            }
        }
    }

    private static int Sum(IEnumerable<int> widths) => widths.Sum(width => width + Gap) - Gap;

    private TopColumn[] Connection() =>
    [
        Endpoint("SOURCE", 90, row => row.Flow.Source),
        Endpoint("DESTINATION", 200, row => row.Flow.Destination),
        new("PROTO", "icmpv6".Length, 80, (row, width) => Protocol(row.Flow, width)),
        new("STATE", "syn_received".Length, 62, (row, _) => FlowWords.State(row.Flow)),
        Rate,
        Seconds,
        .. Amounts,
        Number("RTT", "1.00 ms".Length, 65, ConversationOrder.HandshakeRtt, row => FlowWords.Rtt(row.Flow)),
        new("PROCESSES", 12, 58, (row, width) => Cut(FlowWords.Owners(row.Flow, _glyphs), width)) { Comfortable = 24, Grows = [0, 0, 16, 20, 24, 30, 36, 48] },
        .. Times,
        new("INTERFACES", "INTERFACES".Length, 42, (row, width) => Cut(FlowWords.Interfaces(row.Flow, Interfaces), width)) { Grows = [0, 0, 0, 16, 16, 30, 30, 60] },
    ];

    private TopColumn[] Grouped(TopGrouping grouping) =>
    [
        // Names that begin alike, as IPv6 addresses do, are told apart by their ends.
        Text(grouping switch { TopGrouping.Process => "PROCESS", TopGrouping.Container => "CONTAINER OR UNIT", _ => "HOST" }, 200, row => row.Group!.Name) with
        {
            Text = (row, width) => CutMiddle(Rheo.Text.Printable(row.Group!.Name), width),
        },
        Number("TALKS", 7, 75, null, row => Units.Count((ulong)row.Group!.Conversations)),
        Rate,
        Seconds,
        .. Amounts,
        .. Times,
        Text(grouping == TopGrouping.Process ? "CONTAINER OR UNIT" : "PROCESSES", 58, row => row.Group!.Members),
    ];

    private TopColumn Rate =>
        Number("RATE", "1.00 Mbit/s".Length, 100, ConversationOrder.RateTenSeconds, row => Units.BitRate(row.Flow.Rates.TenSeconds.Bytes));

    private TopColumn Seconds => new("SECONDS", 8, 85, (row, width) => Spark.Line(row.History, width, _glyphs))
    {
        Comfortable = 12,
        Grows = [12, 12, 12, 16, 16, 30, 30, 60],
        Look = Live.Look.Cyan,
    };

    private static TopColumn[] Amounts =>
    [
        Number("SENT", "1023 KiB".Length, 70, null, row => Units.Bytes(row.Flow.Sent.Bytes)),
        Number("RECEIVED", "1023 KiB".Length, 71, null, row => Units.Bytes(row.Flow.Received.Bytes)),
        Number("BYTES", "1023 KiB".Length, 72, ConversationOrder.Bytes, row => Units.Bytes(row.Flow.Traffic.Bytes)),
        Number("PACKETS", 7, 50, ConversationOrder.Packets, row => Units.Count(row.Flow.Traffic.Packets)),
    ];

    private TopColumn[] Times =>
    [
        Number("AGE", 4, 45, ConversationOrder.FirstSeen, row => FlowWords.Ago(NowNs - row.Flow.FirstSeenNs)),
        Number("IDLE", 4, 44, ConversationOrder.LastSeen, row => FlowWords.Ago(NowNs - row.Flow.LastSeenNs)),
    ];

    private TopColumn Text(string title, int worth, Func<TopRow, string> of) =>
        new(title, "CONTAINER OR UNIT".Length, worth, (row, width) => Cut(Rheo.Text.Printable(of(row)), width))
        {
            Narrowest = 7,
            Comfortable = 24,
            Grows = [17, 19, 21, 24, 28, 32, 40, 47],
        };

    private TopColumn Endpoint(string title, int worth, Func<TopRow, Endpoint> of) =>
        new(title, "192.0.2.255:65535".Length, worth, (row, width) => CutMiddle(of(row).ToString(), width)) { Narrowest = 7, Comfortable = 24, Grows = [17, 19, 21, 24, 28, 32, 40, 47] };

    private static TopColumn Number(string title, int width, int worth, ConversationOrder? order, Func<TopRow, string> text) =>
        new(title, width, worth, (row, _) => text(row)) { IsRight = true, Order = order };

    // Those without a name: the number alone.
    private static string Protocol(in Conversation flow, int width) =>
        Words.TransportOf(flow) is var name && name.Length > width ? name[(name.IndexOf('-', StringComparison.Ordinal) + 1)..] : name;

    private string Cut(string text, int width) => CharacterWidth.Of(text) <= width ? text : CharacterWidth.Begin(text, width - 1) + _glyphs.Cut;

    // The port is at the end, and says more than the middle of an address.
    private string CutMiddle(string text, int width)
    {
        if (CharacterWidth.Of(text) <= width)
            return text;
        if (width < 3)
            return CharacterWidth.Begin(text, width);
        var tail = CharacterWidth.End(text, Math.Min(6, width / 2));
        return CharacterWidth.Begin(text, width - CharacterWidth.Of(tail) - 1) + _glyphs.Cut + tail;
    }
}
