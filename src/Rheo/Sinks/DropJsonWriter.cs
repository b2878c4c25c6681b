using Rheo.Model.Drops;

namespace Rheo.Sinks;

/// <summary>Prints one JSON object a line: docs/drops.md has the keys.</summary>
public sealed class DropJsonWriter(Stream output, DropNames names) : IDropWriter
{
    private readonly JsonDocuments _documents = new(output);
    private readonly DropJson _shape = new(names);

    /// <inheritdoc/>
    public void Write(DropTotal drop)
    {
        _shape.Write(_documents.Begin(), drop);
        _documents.End();
    }

    /// <inheritdoc/>
    public void Flush() => _documents.Flush();
}
