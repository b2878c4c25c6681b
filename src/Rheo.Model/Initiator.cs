namespace Rheo.Model;

/// <summary>How it is known who opened a conversation.</summary>
public enum Initiator : byte
{
    /// <summary><c>guess</c>: the source sent the first packet that was seen.</summary>
    Guess = 0,

    /// <summary><c>syn</c>: the source sent the SYN, or received the SYN-ACK.</summary>
    Syn = 1,
}
