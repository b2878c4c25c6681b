namespace Rheo.Model.Table;

/// <summary>What is known of a conversation in single bits.</summary>
[Flags]
internal enum Marks : byte
{
    None = 0,

    /// <summary>The entry is in use.</summary>
    Live = 1,

    /// <summary>The source is side 1 of the key, else side 0.</summary>
    SourceIsSide1 = 2,

    /// <summary>The source is known by a SYN.</summary>
    OpenerKnown = 4,

    /// <summary>Something new was seen that may tell who opened it.</summary>
    OpenerInDoubt = 8,

    /// <summary>The kernel saw the handshake complete.</summary>
    Handshake = 16,

    /// <summary>The kernel saw both FINs.</summary>
    BothFin = 32,

    /// <summary>The kernel saw a RST end it.</summary>
    Reset = 64,

    /// <summary>Another conversation of the same key has begun: this one is no longer found by its key.</summary>
    Detached = 128,
}
