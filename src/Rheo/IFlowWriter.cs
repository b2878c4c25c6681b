using Rheo.Model;

namespace Rheo;

/// <summary>Prints conversations in one shape. Threads: one at a time.</summary>
public interface IFlowWriter
{
    /// <summary>Prints one conversation; it may be held back until <see cref="Flush"/>.</summary>
    void Write(in Conversation conversation);

    /// <summary>Brings everything printed so far to the reader. Errors: <see cref="IOException"/> when there is none any more.</summary>
    void Flush();
}
