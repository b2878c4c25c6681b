using System.Buffers;
using System.Text.Json;
using Rheo.Model;

namespace Rheo.Sinks;

/// <summary>Prints one JSON object a line.</summary>
public sealed class JsonLinesWriter(Stream output, InterfaceNames interfaces) : IFlowWriter
{
    private const int Batch = 32 * 1024;
    private readonly ArrayBufferWriter<byte> _buffer = new(Batch);
    private readonly Utf8JsonWriter _json = new(Stream.Null);
    private readonly FlowJson _shape = new(interfaces);

    /// <inheritdoc/>
    public void Write(in Conversation conversation)
    {
        _json.Reset(_buffer);
        _shape.Write(_json, conversation);
        _json.Flush();
        _buffer.Write("\n"u8);
        if (_buffer.WrittenCount >= Batch)
            Flush();
    }

    /// <inheritdoc/>
    public void Flush()
    {
        output.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
        output.Flush();
    }
}
