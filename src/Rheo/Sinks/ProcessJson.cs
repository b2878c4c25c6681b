using System.Text.Json;
using Rheo.Model.Owners;

namespace Rheo.Sinks;

/// <summary>The processes at one end, as JSON. What is not known is left out.</summary>
internal static class ProcessJson
{
    /// <summary>Writes <c>process</c>, who used the socket last, and <c>processes</c>, all of them, where several share it.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<SocketProcess> processes)
    {
        if (processes.Count == 0)
            return;
        json.WritePropertyName("process");
        Write(json, processes[0]);
        if (processes.Count == 1)
            return;
        json.WriteStartArray("processes");
        foreach (var process in processes)
            Write(json, process);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, SocketProcess process)
    {
        json.WriteStartObject();
        json.WriteNumber("pid", process.Pid);
        json.WriteString("name", process.Name);
        WriteKnown(json, "executable", process.Executable);
        json.WriteNumber("uid", process.Uid);
        WriteKnown(json, "container", process.Container);
        WriteKnown(json, "unit", process.Unit);
        json.WriteEndObject();
    }

    private static void WriteKnown(Utf8JsonWriter json, string name, string text)
    {
        if (text.Length > 0)
            json.WriteString(name, text);
    }
}
