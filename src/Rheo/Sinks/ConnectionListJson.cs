using System.IO.Pipelines;
using System.Text.Json;
using Rheo.Model.Connections;

namespace Rheo.Sinks;

/// <summary>The answer of <c>/api/v1/connections</c>: when, how many there are, what the kernel counted, and what was selected.</summary>
public static class ConnectionListJson
{
    // Some 60 KB: about as much as a connection's buffer takes.
    private const int Piece = 48;

    /// <summary>Writes the whole document in pieces, each when the reader has taken the one before.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="list">What was selected; null: connections are not watched here.</param>
    /// <param name="knowsOwners">Whose they are is watched.</param>
    /// <param name="cancel">The reader has gone.</param>
    public static async Task Write(PipeWriter output, ConnectionList? list, bool knowsOwners, CancellationToken cancel)
    {
        await using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteBoolean("watched", list is not null);
        json.WriteBoolean("owners_watched", knowsOwners);
        if (list is not null)
            WriteSums(json, list);
        if (!await Write(output, json, "connections", list?.Connections ?? [], static (json, row) => ConnectionJson.Write(json, row), cancel)
            || !await Write(output, json, "listeners", list?.Queues ?? [], static (json, row) => ConnectionJson.Write(json, row), cancel))
            return;
        json.WriteEndObject();
    }

    private static void WriteSums(Utf8JsonWriter json, ConnectionList list)
    {
        json.WriteString("time", Rfc3339.Format(list.TimeNs));
        json.WriteNumber("live", list.Live);
        json.WriteNumber("listening", list.Listening);
        json.WriteNumber("matched", list.Matched);
        json.WriteStartObject("totals");
        json.WriteNumber("opened", list.Totals.Opened);
        json.WriteNumber("accepted", list.Totals.Accepted);
        ConnectionJson.Write(json, list.Totals.Retransmits, list.Totals.Retransmits.Total);
        json.WriteNumber("lost_moments", list.Totals.LostMoments);
        json.WriteNumber("lost_changes", list.Totals.LostChanges);
        json.WriteNumber("lost_sockets", list.Totals.LostSockets + list.Untold);
        json.WriteEndObject();
    }

    // False: the reader has gone.
    private static async Task<bool> Write<T>(
        PipeWriter output, Utf8JsonWriter json, string name, IReadOnlyList<T> rows, Action<Utf8JsonWriter, T> write, CancellationToken cancel)
    {
        json.WriteStartArray(name);
        foreach (var some in rows.Chunk(Piece))
        {
            foreach (var row in some)
                write(json, row);
            json.Flush();
            if ((await output.FlushAsync(cancel)).IsCompleted)
                return false;
        }

        json.WriteEndArray();
        return true;
    }
}
