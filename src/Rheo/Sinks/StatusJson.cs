using System.IO.Pipelines;
using System.Text.Json;
using Rheo.Model;

namespace Rheo.Sinks;

/// <summary>The answer of <c>/api/v1/status</c>: the sums, the ledger, and what each interface carried.</summary>
public static class StatusJson
{
    /// <summary>64: those that carried most; a container host has a thousand more.</summary>
    private const int MostInterfaces = 64;

    /// <summary>Writes the whole document.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="snapshot">The sums.</param>
    /// <param name="processes">The agent's processes: what each is for, and its id.</param>
    /// <param name="space">Inode of the network namespace that it stands in.</param>
    /// <param name="cancel">The reader has gone.</param>
    public static async Task Write(
        PipeWriter output, TrafficSnapshot snapshot, IReadOnlyList<(string Role, int Id)> processes, uint space, CancellationToken cancel)
    {
        await using (var json = new Utf8JsonWriter(output))
            Write(json, snapshot, processes, space);
        await output.FlushAsync(cancel);
    }

    private static void Write(Utf8JsonWriter json, TrafficSnapshot snapshot, IReadOnlyList<(string Role, int Id)> processes, uint space)
    {
        json.WriteStartObject();
        json.WriteString("time", Rfc3339.Format(snapshot.TimeNs));
        json.WriteString("version", typeof(StatusJson).Assembly.GetName().Version!.ToString(3));
        json.WriteString("host", Text.Printable(Environment.MachineName));
        json.WriteNumber("netns", space);
        WriteProcesses(json, processes);
        json.WriteNumber("live", snapshot.Live);
        json.WriteStartObject("sums");
        json.WriteNumber("conversations", snapshot.Total.Conversations);
        WriteTraffic(json, snapshot.Total.Traffic);
        json.WriteEndObject();
        WriteLedger(json, snapshot.Ledger);
        WriteInterfaces(json, snapshot.Interfaces);
        json.WriteEndObject();
    }

    private static void WriteProcesses(Utf8JsonWriter json, IReadOnlyList<(string Role, int Id)> processes)
    {
        json.WriteStartArray("processes");
        foreach (var (role, id) in processes)
        {
            json.WriteStartObject();
            json.WriteString("role", role);
            json.WriteNumber("pid", id);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLedger(Utf8JsonWriter json, Ledger ledger)
    {
        json.WriteStartObject("ledger");
        json.WriteNumber("inserted", ledger.FlowsInserted);
        json.WriteNumber("handed_over", ledger.FlowsHandedOver);
        json.WriteStartArray("losses");
        foreach (var loss in ledger.Losses)
        {
            json.WriteStartObject();
            json.WriteString("stage", loss.Stage);
            json.WriteNumber("packets", loss.Packets);
            json.WriteNumber("bytes", loss.Bytes);
            json.WriteNumber("records", loss.Records);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteInterfaces(Utf8JsonWriter json, IReadOnlyList<InterfaceTraffic> rows)
    {
        var greatest = rows.GroupBy(row => (row.Index, row.Name))
            .Select(group => (group.Key.Name, Received: Sum(group, egress: false), Transmitted: Sum(group, egress: true)))
            .OrderByDescending(each => each.Received.Bytes + each.Transmitted.Bytes)
            .Take(MostInterfaces);
        json.WriteStartArray("interfaces");
        foreach (var (name, received, transmitted) in greatest)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            WriteTraffic(json, "receive", received);
            WriteTraffic(json, "transmit", transmitted);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static Traffic Sum(IEnumerable<InterfaceTraffic> rows, bool egress) =>
        rows.Where(row => row.Egress == egress).Aggregate(default(Traffic), (sum, row) => sum + row.Traffic);

    private static void WriteTraffic(Utf8JsonWriter json, string name, Traffic traffic)
    {
        json.WriteStartObject(name);
        WriteTraffic(json, traffic);
        json.WriteEndObject();
    }

    private static void WriteTraffic(Utf8JsonWriter json, Traffic traffic)
    {
        json.WriteNumber("bytes", traffic.Bytes);
        json.WriteNumber("packets", traffic.Packets);
    }
}
