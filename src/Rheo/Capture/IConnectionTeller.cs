using Rheo.Model.Connections;

namespace Rheo.Capture;

/// <summary>The part that tells of connections as they open and end. Threads: the polling thread.</summary>
public interface IConnectionTeller
{
    /// <summary>What is told.</summary>
    ConnectionTable Table { get; }

    /// <summary>Each opening is told as it comes, and at once; else the walks show what opened. Somebody follows.</summary>
    bool TellsOpened { get; set; }
}
