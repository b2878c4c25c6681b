using Rheo.Model;

namespace Rheo.Sinks;

/// <summary>Prints YAML 1.2, one document a conversation: what <see cref="FlowJson"/> says, in the same order, for people and for yq.</summary>
public sealed class YamlWriter(Stream output, InterfaceNames interfaces) : IFlowWriter
{
    private readonly JsonDocuments _documents = new(output, isYaml: true);
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
