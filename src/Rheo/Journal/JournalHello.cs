using System.Buffers;
using System.Text.Json;

namespace Rheo.Journal;

/// <summary>The first frame of a stream: JSON, so that every version can read it and say why it does not go on.</summary>
public sealed record JournalHello
{
    /// <summary>The version of the frames after this one. Who reads another does not go on.</summary>
    public const int CurrentVersion = 3;

    /// <summary>The version of the frames that follow.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The agent's process.</summary>
    public int Process { get; init; }

    /// <summary>The network namespace that it watches, as <c>net:[4026531840]</c>.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Patterns of the interfaces that it watches; none: all.</summary>
    public IReadOnlyList<string> Interfaces { get; init; } = [];

    /// <summary>Patterns of interfaces that it leaves alone.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>What is attached, a line each.</summary>
    public IReadOnlyList<string> Attached { get; init; } = [];

    /// <summary>What could not be done, a line each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Names of interfaces by index.</summary>
    public IReadOnlyDictionary<int, string> Names { get; init; } = new Dictionary<int, string>();

    /// <summary>Writes it as a frame.</summary>
    internal byte[] ToFrame()
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text))
            WriteTo(json);
        var frame = new byte[FrameWriter.Head + text.WrittenCount];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(frame, (uint)text.WrittenCount);
        text.WrittenSpan.CopyTo(frame.AsSpan(FrameWriter.Head));
        return frame;
    }

    /// <summary>Reads a frame, without its length.</summary>
    /// <exception cref="InvalidDataException">It is no such frame.</exception>
    internal static JournalHello Parse(ReadOnlyMemory<byte> frame)
    {
        try
        {
            using var document = JsonDocument.Parse(frame);
            return Parse(document.RootElement);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new InvalidDataException("it does not greet as an agent does", wrong);
        }
    }

    private static JournalHello Parse(JsonElement json)
    {
        var version = json.GetProperty("version").GetInt32();
        if (version != CurrentVersion)
            return new JournalHello { Version = version };
        return new JournalHello
        {
            Process = json.GetProperty("process").GetInt32(),
            Namespace = json.GetProperty("namespace").GetString()!,
            Interfaces = Strings(json, "interfaces"),
            Exclude = Strings(json, "exclude"),
            Attached = Strings(json, "attached"),
            Warnings = Strings(json, "warnings"),
            Names = json.GetProperty("names").EnumerateArray().ToDictionary(
                pair => pair.GetProperty("index").GetInt32(), pair => pair.GetProperty("name").GetString()!),
        };
    }

    private static string[] Strings(JsonElement json, string name) => [.. json.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];

    private void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("version", Version);
        json.WriteNumber("process", Process);
        json.WriteString("namespace", Namespace);
        Write(json, "interfaces", Interfaces);
        Write(json, "exclude", Exclude);
        Write(json, "attached", Attached);
        Write(json, "warnings", Warnings);
        json.WriteStartArray("names");
        foreach (var (index, name) in Names)
        {
            json.WriteStartObject();
            json.WriteNumber("index", index);
            json.WriteString("name", name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> items)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
            json.WriteStringValue(item);
        json.WriteEndArray();
    }
}
