namespace Rheo;

/// <summary>What a row of <c>rheo top</c> stands for.</summary>
public enum TopGrouping
{
    /// <summary>A conversation.</summary>
    Connection,

    /// <summary>A process: all conversations of its sockets.</summary>
    Process,

    /// <summary>A container, or a systemd unit outside of any.</summary>
    Container,

    /// <summary>An address, wherever it is.</summary>
    Host,
}
