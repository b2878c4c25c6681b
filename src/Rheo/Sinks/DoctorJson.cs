using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Rheo.Sinks;

/// <summary>The report of <c>rheo doctor</c> as one JSON object.</summary>
public static class DoctorJson
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>Writes the whole document and a line end.</summary>
    public static void Write(Stream output, DoctorReport report)
    {
        using (var json = new Utf8JsonWriter(output, Indented))
            Write(json, report);
        output.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter json, DoctorReport report)
    {
        json.WriteStartObject();
        json.WriteString("version", Assembly.GetExecutingAssembly().GetName().Version!.ToString(3));
        json.WriteString("kernel", Environment.OSVersion.Version.ToString());
        json.WriteString("architecture", RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant());
        json.WriteNumber("exit_code", report.ExitCode);
        json.WriteStartArray("findings");
        foreach (var finding in report.Findings)
            Write(json, finding);
        json.WriteEndArray();
        WriteChain(json, "self_test_chain", report.Chain);
        WriteChain(json, "agent_chain", report.AgentChain);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("check", finding.Check);
        json.WriteString("area", Words.Of(finding.Area));
        json.WriteString("status", Words.Of(finding.Status));
        json.WriteString("summary", finding.Summary);
        json.WriteString("fix", finding.Fix);
        json.WriteEndObject();
    }

    private static void WriteChain(Utf8JsonWriter json, string name, IReadOnlyList<ChainStage> chain)
    {
        json.WriteStartArray(name);
        foreach (var stage in chain)
        {
            json.WriteStartObject();
            json.WriteString("stage", stage.Stage);
            json.WriteNumber("packets", stage.Packets);
            if (stage.Expected is { } expected)
                json.WriteNumber("expected", expected);
            json.WriteBoolean("balanced", stage.IsBalanced);
            json.WriteString("meaning", stage.Meaning);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
