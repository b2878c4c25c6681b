namespace Rheo.Model;

/// <summary>What a filter chooses among: not everything that can be asked of a conversation can be asked of the others.</summary>
public enum FilterSubject
{
    /// <summary>Conversations, as the wire shows them.</summary>
    Conversation,

    /// <summary>TCP connections, as their sockets tell: no interface, no tunnel, no flags.</summary>
    Connection,

    /// <summary>Dropped packets: an address, an interface and an owner, and nothing about a life before.</summary>
    Drop,
}
