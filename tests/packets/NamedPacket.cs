namespace Rheo.Packets;

/// <summary>One crafted frame, what it means, and how it must be counted.</summary>
/// <param name="Name">A sentence, unique in the table.</param>
/// <param name="Frame">The bytes from the destination MAC address on, without FCS.</param>
/// <param name="Expected">The key, and with it the promise that all <see cref="Length"/> bytes are counted.</param>
public sealed record NamedPacket(string Name, byte[] Frame, ExpectedFlow Expected)
{
    /// <summary>Bytes that are counted: always the whole frame, padding too.</summary>
    public int Length => Frame.Length;

    /// <summary>The first bytes without which the flow cannot be known: a shorter cut must be unparsed.</summary>
    public int KeyLength { get; init; }

    /// <summary>A cut of this length or longer must have the flow's own key.</summary>
    /// <remarks>Longer than <see cref="KeyLength"/> by TCP's options, which may be asked for or not.</remarks>
    public int HeadersLength { get; init; } = Frame.Length;

    public override string ToString() => Name;
}
