namespace Rheo.Model;

/// <summary>What to sort conversations by; always the largest or latest first.</summary>
public enum ConversationOrder
{
    /// <summary>Bytes of both directions.</summary>
    Bytes,

    /// <summary>Packets of both directions.</summary>
    Packets,

    /// <summary>Bytes a second over the last second.</summary>
    RateOneSecond,

    /// <summary>Bytes a second over the last 10 seconds.</summary>
    RateTenSeconds,

    /// <summary>Bytes a second over the last 60 seconds.</summary>
    RateOneMinute,

    /// <summary>Time of the first packet, latest first.</summary>
    FirstSeen,

    /// <summary>Time of the last packet, latest first.</summary>
    LastSeen,

    /// <summary>Handshake round trip; those without one come last.</summary>
    HandshakeRtt,
}
