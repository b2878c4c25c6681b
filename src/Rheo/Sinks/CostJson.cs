using System.Text.Json;

namespace Rheo.Sinks;

/// <summary>The report of <c>rheo cost</c> as one JSON object.</summary>
public static class CostJson
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>Writes the whole document and a line end.</summary>
    public static void Write(Stream output, CostReport report)
    {
        using (var json = new Utf8JsonWriter(output, Indented))
            Write(json, report);
        output.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter json, CostReport report)
    {
        json.WriteStartObject();
        json.WriteString("measured", report.IsAgent ? "agent" : "own_capture");
        json.WriteNumber("seconds", Math.Round(report.Seconds, 6));
        json.WriteStartObject("kernel");
        json.WriteNumber("core_percent", Percent(report.KernelShare));
        json.WriteStartArray("programs");
        foreach (var program in report.Programs)
            Write(json, program, report.Seconds);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("user");
        json.WriteNumber("core_percent", Percent(report.UserShare));
        json.WriteStartArray("processes");
        foreach (var process in report.Processes)
            Write(json, process, report.Seconds);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, in ProgramCost program, double seconds)
    {
        json.WriteStartObject();
        json.WriteString("program", program.Program);
        json.WriteNumber("id", program.Id);
        json.WriteNumber("runs", program.Runs);
        json.WriteNumber("runs_per_second", Math.Round(program.Runs / seconds, 3));
        json.WriteNumber("ns_per_run", Math.Round(program.NsPerRun, 1));
        json.WriteNumber("core_percent", Percent(program.RunTimeNs / 1e9 / seconds));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, in ProcessCost process, double seconds)
    {
        json.WriteStartObject();
        json.WriteString("role", process.Role);
        json.WriteNumber("pid", process.Id);
        json.WriteNumber("core_percent", Percent(process.CpuSeconds / seconds));
        json.WriteNumber("resident_bytes", process.ResidentBytes);
        json.WriteEndObject();
    }

    private static double Percent(double share) => Math.Round(share * 100, 5);
}
