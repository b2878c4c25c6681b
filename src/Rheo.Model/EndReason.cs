namespace Rheo.Model;

/// <summary>Why a conversation ended.</summary>
public enum EndReason : byte
{
    /// <summary>It has not.</summary>
    None = 0,

    /// <summary>Both ends sent FIN.</summary>
    Fin = 1,

    /// <summary>An end sent RST.</summary>
    Reset = 2,

    /// <summary>Nothing was seen for the idle time-out.</summary>
    Idle = 3,

    /// <summary>A SYN opened a new connection between the same endpoints.</summary>
    Reopened = 4,

    /// <summary>The table was full and this was idle the longest; its counts are in <see cref="ConversationTable.Other"/>.</summary>
    Capacity = 5,

    /// <summary>The host began or ceased to terminate the tunnel, so that the same traffic goes on as another conversation.</summary>
    TunnelChanged = 6,
}
