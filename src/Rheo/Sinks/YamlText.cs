using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Rheo.Sinks;

/// <summary>
/// JSON turned into YAML 1.2 that every reader takes for the same values: block style, lists in one line, and in quotes every text
/// that a reader might take for something else.
/// </summary>
public static class YamlText
{
    private static readonly SearchValues<char> PlainLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_");

    // Words that YAML 1.1 readers, most of those in use, take for booleans and nulls.
    private static readonly string[] Reserved = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"];

    /// <summary>Writes one object as a document that begins with <c>---</c>.</summary>
    public static void WriteDocument(ReadOnlySpan<byte> json, IBufferWriter<byte> output)
    {
        var text = new StringBuilder("---\n");
        var reader = new Utf8JsonReader(json);
        reader.Read();
        WriteObject(ref reader, text, 0);
        Encoding.UTF8.GetBytes(text.ToString(), output);
    }

    /// <summary>A text as a scalar: plain where nobody can mistake it, else in double quotes.</summary>
    public static string Scalar(string value) => IsPlain(value) ? value : Quoted(value);

    private static void WriteObject(ref Utf8JsonReader reader, StringBuilder text, int depth)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            text.Append(' ', 2 * depth).Append(Scalar(reader.GetString()!)).Append(':');
            reader.Read();
            WriteValue(ref reader, text, depth);
        }
    }

    private static void WriteValue(ref Utf8JsonReader reader, StringBuilder text, int depth)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            text.Append('\n');
            WriteObject(ref reader, text, depth + 1);
            return;
        }

        text.Append(' ');
        if (reader.TokenType == JsonTokenType.StartArray)
            WriteList(ref reader, text);
        else
            WriteScalar(ref reader, text);
        text.Append('\n');
    }

    private static void WriteList(ref Utf8JsonReader reader, StringBuilder text)
    {
        text.Append('[');
        for (var first = true; reader.Read() && reader.TokenType != JsonTokenType.EndArray; first = false)
        {
            text.Append(first ? "" : ", ");
            WriteItem(ref reader, text);
        }

        text.Append(']');
    }

    // A list stays on its line, and so do the objects in it.
    private static void WriteItem(ref Utf8JsonReader reader, StringBuilder text)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            WriteScalar(ref reader, text);
            return;
        }

        text.Append('{');
        for (var first = true; reader.Read() && reader.TokenType != JsonTokenType.EndObject; first = false)
        {
            text.Append(first ? "" : ", ").Append(Scalar(reader.GetString()!)).Append(": ");
            reader.Read();
            WriteScalar(ref reader, text);
        }

        text.Append('}');
    }

    private static void WriteScalar(ref Utf8JsonReader reader, StringBuilder text) => text.Append(reader.TokenType switch
    {
        JsonTokenType.String => Scalar(reader.GetString()!),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.Null => "null",
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
        var other => throw new NotSupportedException($"a list of {other} has no form here"),
    });

    private static bool IsPlain(string value) =>
        value.Length > 0 && char.IsAsciiLetterLower(value[0]) && !value.AsSpan().ContainsAnyExcept(PlainLetters) && !Reserved.Contains(value);

    private static string Quoted(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var rune in value.EnumerateRunes())
            AppendEscaped(text, rune);
        return text.Append('"').ToString();
    }

    private static string Escape(int code) => code switch
    {
        < 0x100 => $"\\x{code:x2}",
        < 0x10000 => $"\\u{code:x4}",
        _ => $"\\U{code:x8}",
    };

    // What could steer a terminal is escaped, as YAML escapes it: a reader gets the same text back.
    private static void AppendEscaped(StringBuilder text, Rune rune)
    {
        var shown = rune.ToString();
        if (shown is "\"" or "\\")
            text.Append('\\').Append(shown);
        else if (Text.Printable(shown) == shown)
            text.Append(shown);
        else
            text.Append(Escape(rune.Value));
    }
}
