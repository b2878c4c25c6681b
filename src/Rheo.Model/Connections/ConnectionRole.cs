namespace Rheo.Model.Connections;

/// <summary>Which end of a connection this is.</summary>
public enum ConnectionRole : byte
{
    /// <summary>It was open before we watched, and nothing tells.</summary>
    Unknown,

    /// <summary>This end connected.</summary>
    Client,

    /// <summary>This end accepted.</summary>
    Server,
}
