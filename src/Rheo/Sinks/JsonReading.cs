using System.Text.Json;
using Rheo.Model;
using Rheo.Model.Connections;
using Rheo.Model.Owners;

namespace Rheo.Sinks;

/// <summary>The pieces that this program's JSON consists of, read back. What is missing is 0, empty or null. Errors: those of <see cref="JsonElement"/>.</summary>
internal static class JsonReading
{
    /// <summary>Whether a failure means that this is not what we write.</summary>
    public static bool IsNonsense(Exception failure) =>
        failure is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or OverflowException;

    public static string Text(this JsonElement from, string name) => from.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    public static ulong Count(this JsonElement from, string name) => from.TryGetProperty(name, out var value) ? value.GetUInt64() : 0;

    public static uint Small(this JsonElement from, string name) => from.TryGetProperty(name, out var value) ? value.GetUInt32() : 0;

    public static long Microseconds(this JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) ? checked(value.GetInt64() * 1000) : 0;

    public static long Moment(this JsonElement from, string name) => from.TryGetProperty(name, out var value)
        ? Rfc3339.TryParse(value.GetString() ?? "", out var unixNs) ? unixNs : throw new FormatException($"{name} is no time")
        : 0;

    public static Endpoint End(this JsonElement from, string name) => from.TryGetProperty(name, out var value)
        ? new Endpoint(
            Address.TryParse(value.Text("address"), out var address) ? address : throw new FormatException($"{name} is no address"),
            checked((ushort)value.Small("port")))
        : default;

    /// <summary>A value by the word that stands for it.</summary>
    public static T Word<T>(this JsonElement from, string name, Func<T, string> of)
        where T : struct, Enum
    {
        var word = from.Text(name);
        foreach (var value in Enum.GetValues<T>())
        {
            if (of(value) == word)
                return value;
        }

        return word.Length == 0 ? default : throw new FormatException($"{name}: nobody knows '{Rheo.Text.Printable(word)}'");
    }

    /// <summary>Whose an end is, as <see cref="ProcessJson"/> writes it.</summary>
    public static IReadOnlyList<SocketProcess> Processes(this JsonElement from)
    {
        if (from.TryGetProperty("processes", out var several))
            return [.. several.EnumerateArray().Select(Process)];
        return from.TryGetProperty("process", out var one) ? [Process(one)] : [];
    }

    /// <summary>Segments sent again, by cause.</summary>
    public static RetransmitCounts Retransmits(this JsonElement from, string name) => from.TryGetProperty(name, out var again)
        ? new(again.Count("timeout"), again.Count("fast"), again.Count("probe"), again.Count("syn"), again.Count("syn_ack"))
        : default;

    private static SocketProcess Process(JsonElement from) => new()
    {
        Pid = from.GetProperty("pid").GetInt32(),
        Name = from.Text("name"),
        Executable = from.Text("executable"),
        Uid = from.Small("uid"),
        Container = from.Text("container"),
        Unit = from.Text("unit"),
    };
}
