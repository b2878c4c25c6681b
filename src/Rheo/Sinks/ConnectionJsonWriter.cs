using System.Buffers;
using System.Text.Json;
using Rheo.Model.Connections;

namespace Rheo.Sinks;

/// <summary>Prints connections as JSON, one object a line, or as YAML, one document each.</summary>
/// <param name="output">Where to.</param>
/// <param name="isYaml">YAML instead of JSON.</param>
public sealed class ConnectionJsonWriter(Stream output, bool isYaml = false) : IConnectionWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(32 * 1024);
    private readonly ArrayBufferWriter<byte> _object = new(1024);
    private readonly Utf8JsonWriter _json = new(Stream.Null);

    /// <inheritdoc/>
    public void Write(Connection connection)
    {
        Begin();
        ConnectionJson.Write(_json, connection);
        End();
    }

    /// <inheritdoc/>
    public void Write(ListenQueue queue)
    {
        Begin();
        ConnectionJson.Write(_json, queue);
        End();
    }

    /// <inheritdoc/>
    public void Flush()
    {
        output.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
        output.Flush();
    }

    private void Begin()
    {
        _object.ResetWrittenCount();
        _json.Reset(_object);
    }

    private void End()
    {
        _json.Flush();
        if (isYaml)
        {
            YamlText.WriteDocument(_object.WrittenSpan, _buffer);
            return;
        }

        _buffer.Write(_object.WrittenSpan);
        _buffer.Write("\n"u8);
    }
}
