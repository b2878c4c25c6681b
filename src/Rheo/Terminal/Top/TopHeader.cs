using Rheo.Terminal.Live;

namespace Rheo.Terminal.Top;

/// <summary>The first lines of the live view: how much flows, and whether all of it is seen.</summary>
internal static class TopHeader
{
    private const int Gap = 2;

    /// <summary>Draws the first line. What is lost, and that nothing moves, stand there however narrow it is.</summary>
    public static void Draw(Frame frame, TopSnapshot snapshot, TopState state, Glyphs glyphs)
    {
        var (lost, look) = Lost(snapshot);
        var room = frame.Size.Width - lost.Length - Gap;
        var pieces = Pieces(snapshot, state, glyphs).ToList();
        while (pieces.Count > 0 && pieces.Sum(piece => piece.Text.Length + Gap) - Gap > room)
            pieces.Remove(pieces.MinBy(piece => piece.Worth));
        var column = 0;
        foreach (var piece in pieces)
            column = frame.Put(column, 0, piece.Text, piece.Look) + Gap;
        // At the edge, where it does not move when its neighbours grow.
        frame.Put(Math.Max(0, frame.Size.Width - lost.Length), 0, lost, look);
    }

    /// <summary>Draws the second line: what is shown and how.</summary>
    public static void DrawSettings(Frame frame, int row, TopSnapshot snapshot, TopState state)
    {
        var column = frame.Put(0, row, Kind(state.Grouping) + "by " + SortWords.Of(state.Order));
        if (state.Filter.Text.Length > 0)
            column = frame.Put(frame.Put(column + Gap, row, "filter "), row, state.Filter.Text, Look.Bold);
        if (snapshot.Warning is { } warning)
            frame.Put(column + Gap, row, "warning: " + warning, Look.Yellow);
        else
            frame.Put(column + Gap, row, snapshot.Watched, Look.Dim);
    }

    private static string Kind(TopGrouping grouping) => grouping switch
    {
        TopGrouping.Process => "processes ",
        TopGrouping.Container => "containers ",
        TopGrouping.Host => "hosts ",
        _ => "",
    };

    private static IEnumerable<(string Text, int Worth, Look Look)> Pieces(TopSnapshot snapshot, TopState state, Glyphs glyphs)
    {
        yield return ("rheo top", 2, Look.Bold);
        if (snapshot.TimeNs != 0)
            yield return (Rfc3339.Format(snapshot.TimeNs)[11..19], 1, Look.Plain);
        if (state.IsPaused)
            yield return ("PAUSED", 9, Look.Reverse | Look.Yellow);
        if (snapshot.Activity is { } activity)
        {
            yield return (activity, 8, Look.Plain);
            yield break;
        }

        yield return (Units.BitRate(snapshot.BytesPerSecond), 7, Look.Bold);
        yield return (Units.Count((ulong)snapshot.PacketsPerSecond) + " packets/s", 4, Look.Plain);
        yield return (Units.Count((ulong)snapshot.Live) + (snapshot.Live == 1 ? " conversation" : " conversations"), 5, Look.Plain);
        yield return (Spark.Line(snapshot.History, 30, glyphs), 0, Look.Cyan);
        if (snapshot.LostAt.Count > 0)
            yield return ($"lost at {string.Join(", ", snapshot.LostAt)}", 3, Look.Red);
    }

    private static (string Text, Look Look) Lost(TopSnapshot snapshot) => snapshot switch
    {
        { Activity: not null } => ("", Look.Plain),
        { LostPackets: 0, LostAt.Count: 0 } => ("lost 0", Look.Plain),
        _ => ($"LOST {Units.Count(snapshot.LostPackets)}", Look.Bold | Look.Red | Look.Reverse),
    };
}
