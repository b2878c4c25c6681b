using Rheo.Model;
using Rheo.Terminal.Top;
using Rheo.Tests.Sinks;

namespace Rheo.Tests.Terminal.Top;

/// <summary>Snapshots as the live view gets them.</summary>
internal static class TopSamples
{
    public static TopSnapshot Empty => new() { TimeNs = Samples.Noon, Watched = "3 interfaces", Interfaces = Samples.Interfaces };

    public static TopSnapshot Loading => new() { Activity = "loading the programs", Interfaces = Samples.Interfaces };

    /// <summary>Every kind of conversation, the time some seconds after the last packet.</summary>
    public static TopSnapshot Busy => Empty with
    {
        TimeNs = Samples.Noon + 65_000_000_000,
        Live = 8231,
        BytesPerSecond = 39_123_456,
        PacketsPerSecond = 41_234,
        History = Wave(60),
        Rows = [.. Samples.All.Select((flow, at) => new TopRow(flow, Wave(4 * at)))],
    };

    /// <summary>Processes, one of them of a name that would steer a terminal.</summary>
    public static TopSnapshot Grouped(TopGrouping grouping) => Busy with
    {
        Grouping = grouping,
        Rows =
        [
            Group(-1, "nginx[812]", "3f4a0c5d9e1b", 12_345, 40, [("runs", "/usr/sbin/nginx"), ("user", "33")]),
            Group(-2, "a\e[2J\u202eb[7]", "session-2.scope", 3, 20, []),
            Group(-3, "-", "", 120, 0, []),
        ],
    };

    public static TopSnapshot Losing => Busy with { LostPackets = 1234, LostAt = ["flow_ring", "tcp_ring"], Warning = "eth7: \e[31mgone" };

    public static TopSnapshot Selecting(int row) => Busy with { Selected = Busy.Rows[row] };

    private static TopRow Group(long id, string name, string members, int conversations, int waves, (string Name, string Value)[] facts) =>
        new(Samples.Tcp with { Id = id }, Wave(waves)) { Group = new TopGroup(name, members, conversations, facts) };

    // Up to the middle and down again, with a pause, and nothing known of the first.
    private static float[] Wave(int length) =>
        Enumerable.Range(0, length).Select(at => at == 0 ? float.NaN : at % 7 == 3 ? 0 : (float)Math.Min(at, length - at)).ToArray();
}
