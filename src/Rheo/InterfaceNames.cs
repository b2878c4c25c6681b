using Rheo.Model;

namespace Rheo;

/// <summary>Names of interfaces as they were last known.</summary>
/// <param name="nameOf">The name of an index.</param>
public sealed class InterfaceNames(Func<int, string> nameOf)
{
    /// <summary>The same for filters.</summary>
    public FilterContext Context { get; } = new() { InterfaceName = nameOf };

    /// <summary>The name of one interface.</summary>
    public string this[int index] => nameOf(index);

    /// <summary>
    /// The interfaces that a conversation crosses, each once: the one where it is counted first, then the rest of the way
    /// to the destination, then those that only the way back crosses.
    /// </summary>
    public void Crossed(in Conversation conversation, List<string> names)
    {
        names.Clear();
        Append(conversation.SentPath, names);
        Append(conversation.ReceivedPath, names);
    }

    private void Append(InterfacePath path, List<string> names)
    {
        for (var at = 0; at < path.Count; at++)
        {
            var name = nameOf(path[at].Interface);
            if (!names.Contains(name))
                names.Add(name);
        }
    }
}
