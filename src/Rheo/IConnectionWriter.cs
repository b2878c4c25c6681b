using Rheo.Model.Connections;

namespace Rheo;

/// <summary>Prints connections and listeners in one shape. Threads: one at a time.</summary>
public interface IConnectionWriter
{
    /// <summary>Prints one connection; it may be held back until <see cref="Flush"/>.</summary>
    void Write(Connection connection);

    /// <summary>Prints one listener.</summary>
    void Write(ListenQueue queue);

    /// <summary>Brings everything printed so far to the reader. Errors: <see cref="IOException"/> when there is none any more.</summary>
    void Flush();
}
