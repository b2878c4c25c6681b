using System.Buffers;
using System.Text.Json;
using Rheo.Model.Drops;

namespace Rheo.Sinks;

/// <summary>Prints one JSON object a line: docs/drops.md has the keys.</summary>
public sealed class DropJsonWriter(Stream output, DropNames names) : IDropWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly DropJson _shape = new(names);

    /// <inheritdoc/>
    public void Write(DropTotal drop)
    {
        using (var json = new Utf8JsonWriter(_buffer))
            _shape.Write(json, drop);
        _buffer.Write("\n"u8);
    }

    /// <inheritdoc/>
    public void Flush()
    {
        output.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
        output.Flush();
    }
}
