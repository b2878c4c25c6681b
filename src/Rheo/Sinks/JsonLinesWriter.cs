using Rheo.Model;

namespace Rheo.Sinks;

/// <summary>Prints one JSON object a line.</summary>
public sealed class JsonLinesWriter(Stream output, InterfaceNames interfaces) : IFlowWriter
{
    private readonly JsonDocuments _documents = new(output);
    private readonly FlowJson _shape = new(interfaces);

    /// <inheritdoc/>
    public void Write(in Conversation conversation)
    {
        _shape.Write(_documents.Begin(), conversation);
        _documents.End();
    }

    /// <inheritdoc/>
    public void Flush() => _documents.Flush();
}
