using Rheo.Model.Drops;

namespace Rheo.Sinks;

/// <summary>Prints drops as JSON, one object a line, or as YAML, one document each: docs/drops.md has the keys.</summary>
/// <param name="output">Where to.</param>
/// <param name="names">Names of interfaces and namespaces.</param>
/// <param name="isYaml">YAML instead of JSON.</param>
public sealed class DropJsonWriter(Stream output, DropNames names, bool isYaml = false) : IDropWriter
{
    private readonly JsonDocuments _documents = new(output, isYaml);
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
