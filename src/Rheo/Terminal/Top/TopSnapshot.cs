using Rheo.Model;

namespace Rheo.Terminal.Top;

/// <summary>Everything that a frame of the live view shows. Immutable.</summary>
public sealed record TopSnapshot
{
    /// <summary>What is being done while there is nothing to show yet; null once there is.</summary>
    public string? Activity { get; init; }

    /// <summary>Time of the scan, in nanoseconds since the Unix epoch.</summary>
    public long TimeNs { get; init; }

    /// <summary>What is watched: <c>7 interfaces</c>.</summary>
    public string Watched { get; init; } = "";

    /// <summary>Conversations in the table, before the filter.</summary>
    public int Live { get; init; }

    /// <summary>Bytes a second of everything.</summary>
    public double BytesPerSecond { get; init; }

    /// <summary>Packets a second of everything.</summary>
    public double PacketsPerSecond { get; init; }

    /// <summary>The bytes a second of everything, a number a second, the newest last.</summary>
    public IReadOnlyList<float> History { get; init; } = [];

    /// <summary>What a row stands for.</summary>
    public TopGrouping Grouping { get; init; }

    /// <summary>The first conversations that pass the filter, in order.</summary>
    public IReadOnlyList<TopRow> Rows { get; init; } = [];

    /// <summary>The one that was selected, as it was last seen; null when none is.</summary>
    public TopRow? Selected { get; init; }

    /// <summary>Packets lost anywhere on the way.</summary>
    public ulong LostPackets { get; init; }

    /// <summary>The stages that lost something.</summary>
    public IReadOnlyList<string> LostAt { get; init; } = [];

    /// <summary>The latest warning.</summary>
    public string? Warning { get; init; }

    /// <summary>Names of the interfaces.</summary>
    public required InterfaceNames Interfaces { get; init; }

    /// <summary>The same moment in another order and through another filter, as far as its rows go: for a view that is paused.</summary>
    public TopSnapshot Arranged(ConversationOrder order, FlowFilter filter)
    {
        var named = filter.In(Interfaces.Context);
        return this with { Rows = [.. Rows.Where(row => row.Group is not null || named.Matches(row.Flow)).OrderByDescending(row => SortKey.Of(row.Flow, order))] };
    }
}
