using System.Buffers;
using System.Text.Json;

namespace Rheo.Sinks;

/// <summary>One JSON object after another: a line each, or a YAML document each. Threads: one. Cost: no allocation once the buffers have grown.</summary>
/// <param name="output">Where to; in pieces of some 32 KiB.</param>
/// <param name="isYaml">YAML instead of JSON.</param>
internal sealed class JsonDocuments(Stream output, bool isYaml = false)
{
    private const int Batch = 32 * 1024;
    private readonly ArrayBufferWriter<byte> _buffer = new(Batch);
    private readonly ArrayBufferWriter<byte> _object = new(1024);
    private readonly Utf8JsonWriter _json = new(Stream.Null);

    /// <summary>Takes the next object, up to <see cref="End"/>.</summary>
    public Utf8JsonWriter Begin()
    {
        _object.ResetWrittenCount();
        _json.Reset(isYaml ? _object : _buffer);
        return _json;
    }

    /// <summary>The object is whole.</summary>
    public void End()
    {
        _json.Flush();
        if (isYaml)
            YamlText.WriteDocument(_object.WrittenSpan, _buffer);
        else
            _buffer.Write("\n"u8);
        if (_buffer.WrittenCount >= Batch)
            Flush();
    }

    /// <summary>Sends on what was not sent yet.</summary>
    public void Flush()
    {
        output.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
        output.Flush();
    }
}
