using Rheo.Model.Connections;

namespace Rheo.Sinks;

/// <summary>Prints connections as JSON, one object a line, or as YAML, one document each.</summary>
/// <param name="output">Where to.</param>
/// <param name="isYaml">YAML instead of JSON.</param>
public sealed class ConnectionJsonWriter(Stream output, bool isYaml = false) : IConnectionWriter
{
    private readonly JsonDocuments _documents = new(output, isYaml);

    /// <inheritdoc/>
    public void Write(Connection connection)
    {
        ConnectionJson.Write(_documents.Begin(), connection);
        _documents.End();
    }

    /// <inheritdoc/>
    public void Write(ListenQueue queue)
    {
        ConnectionJson.Write(_documents.Begin(), queue);
        _documents.End();
    }

    /// <inheritdoc/>
    public void Flush() => _documents.Flush();
}
