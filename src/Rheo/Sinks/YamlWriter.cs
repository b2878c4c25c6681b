using System.Buffers;
using System.Text.Json;
using Rheo.Model;

namespace Rheo.Sinks;

/// <summary>Prints YAML 1.2, one document a conversation: what <see cref="FlowJson"/> says, in the same order, for people and for yq.</summary>
public sealed class YamlWriter(Stream output, InterfaceNames interfaces) : IFlowWriter
{
    private const int Batch = 32 * 1024;
    private readonly ArrayBufferWriter<byte> _object = new(1024);
    private readonly ArrayBufferWriter<byte> _buffer = new(Batch);
    private readonly Utf8JsonWriter _json = new(Stream.Null);
    private readonly FlowJson _shape = new(interfaces);

    /// <inheritdoc/>
    public void Write(in Conversation conversation)
    {
        _object.ResetWrittenCount();
        _json.Reset(_object);
        _shape.Write(_json, conversation);
        _json.Flush();
        YamlText.WriteDocument(_object.WrittenSpan, _buffer);
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
