using Rheo.Model.Connections;

namespace Rheo.Agent;

/// <summary>Where connections come from, as <c>rheo conns</c> sees it. Who follows is told from within <see cref="Poll"/>. Threads: one.</summary>
internal interface IConnectionSource : IDisposable
{
    /// <summary>By whom they come, for the start-up line; empty when this process itself watches.</summary>
    string Through => "";

    /// <summary>Why nothing will come any more, though nobody asked for the end; null while it comes.</summary>
    string? Ended => null;

    /// <summary>Reads what has come meanwhile; a few times a second.</summary>
    void Poll();

    /// <summary>What was asked for, as it stands now; its sums count from the moment of opening.</summary>
    ConnectionList Read();
}
