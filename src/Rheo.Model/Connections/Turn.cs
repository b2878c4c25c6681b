namespace Rheo.Model.Connections;

/// <summary>Whose move it is: who has got payload last, has read it, and has sent none since.</summary>
internal enum Turn : byte
{
    /// <summary>Payload is under way, or was not read yet.</summary>
    Nobody,

    /// <summary>This end's process.</summary>
    Own,

    /// <summary>The other end's process.</summary>
    Peer,
}
