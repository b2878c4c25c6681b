namespace Rheo.Model.Connections;

/// <summary>Why a connection is over.</summary>
public enum ConnectionEnd : byte
{
    /// <summary>It is not.</summary>
    None = 0,

    /// <summary>In order; this end closed first.</summary>
    FinSent = 1,

    /// <summary>In order; the other end closed first.</summary>
    FinReceived = 2,

    /// <summary>This end broke it off.</summary>
    ResetSent = 3,

    /// <summary>The other end broke it off.</summary>
    ResetReceived = 4,

    /// <summary>The other end did not answer any more, or never did.</summary>
    TimedOut = 5,

    /// <summary>A RST answered the SYN: nobody listens there, or a firewall says so.</summary>
    Refused = 6,

    /// <summary>The network said that there is no way.</summary>
    Unreachable = 7,

    /// <summary>Its process closed it before it was open.</summary>
    GivenUp = 8,

    /// <summary>Another error.</summary>
    Other = 9,

    /// <summary>It is no more, and its end was not told (the ring was full).</summary>
    Unseen = 10,
}
