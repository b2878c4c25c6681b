using System.Text.Json;
using Rheo.Measured;

namespace Rheo.Sinks;

/// <summary>What <c>rheo bench</c> found as one JSON object; docs/bench.schema.json describes it.</summary>
public static class ComparisonJson
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>The whole document, with a line end.</summary>
    public static byte[] Write(Comparison comparison)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output, Indented))
            Write(json, comparison);
        output.WriteByte((byte)'\n');
        return output.ToArray();
    }

    private static void Write(Utf8JsonWriter json, Comparison comparison)
    {
        json.WriteStartObject();
        json.WriteString("rheo", comparison.Version);
        WriteMachine(json, comparison.Machine, comparison.LoadAfter);
        WriteLayout(json, comparison.Layout);
        WriteList(json, "watchers", comparison.Watchers, Write);
        WriteList(json, "rates", comparison.Rates, Write);
        json.WriteEndObject();
    }

    private static void WriteMachine(Utf8JsonWriter json, MachineFacts machine, string loadAfter)
    {
        json.WriteStartObject("machine");
        json.WriteString("kernel", machine.Kernel);
        json.WriteString("cpu", machine.Cpu);
        json.WriteNumber("cpus", machine.Cpus);
        json.WriteString("load_before", machine.Load);
        json.WriteString("load_after", loadAfter);
        json.WriteString("date", machine.Date);
        json.WriteEndObject();
    }

    private static void WriteLayout(Utf8JsonWriter json, ComparisonLayout layout)
    {
        json.WriteStartObject("layout");
        json.WriteNumber("seconds", layout.Seconds);
        json.WriteNumber("rounds", layout.Rounds);
        json.WriteNumber("flows", layout.Flows);
        json.WriteNumber("frame_bytes", layout.FrameBytes);
        json.WriteNumber("sender_cpu", layout.SenderCpu);
        json.WriteNumber("receiver_cpu", layout.ReceiverCpu);
        json.WriteBoolean("shared_core", layout.SharedCore);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Watcher watcher)
    {
        json.WriteStartObject();
        json.WriteString("name", watcher.Name);
        json.WriteString("command", watcher.Command);
        json.WriteString("state", Word(watcher.State));
        if (watcher.Note.Length > 0)
            json.WriteString("note", Text.Printable(watcher.Note));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RateResult rate)
    {
        json.WriteStartObject();
        json.WriteNumber("packets_per_second", rate.PacketsPerSecond);
        json.WritePropertyName("reception");
        Write(json, rate.Reception);
        WriteList(json, "rows", rate.Rows, Write);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RowResult row)
    {
        json.WriteStartObject();
        json.WriteString("watcher", row.Watcher);
        Write(json, "core_percent", row.CorePercent);
        if (row.AgainstRheo is { } against)
            Write(json, "against_rheo", against);
        Write(json, row.Packets);
        WriteList(json, "rounds", row.Rounds, Write);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RoundResult round)
    {
        json.WriteStartObject();
        json.WriteNumber("core_percent", Math.Round(round.CorePercent, 3));
        json.WriteNumber("kernel_cpu_seconds", Math.Round(round.KernelCpuSeconds, 6));
        json.WriteNumber("user_cpu_seconds", Math.Round(round.UserCpuSeconds, 6));
        json.WriteNumber("packets_per_second", Math.Round(round.PacketsPerSecond));
        Write(json, round.Packets);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, in PacketCounts packets)
    {
        json.WriteStartObject("packets");
        json.WriteNumber("sent", packets.Sent);
        json.WriteNumber("received", packets.Received);
        if (packets is { Seen: { } seen, Missed: { } missed })
        {
            json.WriteNumber("seen", seen);
            json.WriteNumber("missed", missed);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, in Spread spread)
    {
        json.WriteStartObject(name);
        json.WriteNumber("median", Math.Round(spread.Median, 3));
        json.WriteNumber("min", Math.Round(spread.Min, 3));
        json.WriteNumber("max", Math.Round(spread.Max, 3));
        json.WriteEndObject();
    }

    private static void WriteList<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
            write(json, item);
        json.WriteEndArray();
    }

    private static string Word(WatcherState state) => state switch
    {
        WatcherState.Measured => "measured",
        WatcherState.NotInstalled => "not_installed",
        _ => "failed",
    };
}
