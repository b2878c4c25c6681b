namespace Rheo.Model.Connections;

/// <summary>What connections are sorted by: the greatest or latest first.</summary>
public enum ConnectionOrder
{
    /// <summary>The longest that something of it takes now.</summary>
    Slowest,

    /// <summary>Smoothed round trip.</summary>
    Rtt,

    /// <summary>Segments sent again.</summary>
    Retransmits,

    /// <summary>Payload, both ways together.</summary>
    Bytes,

    /// <summary>When it was opened.</summary>
    Opened,
}
