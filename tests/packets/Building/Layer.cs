namespace Rheo.Packets;

/// <summary>One header on its way into a frame.</summary>
internal sealed class Layer
{
    /// <summary>Fills in what depends on the neighbours: next protocol, lengths, checksums.</summary>
    /// <param name="bytes">From this header's first byte to the end of the packet; all above is finished.</param>
    /// <param name="above">The next header, null when bytes nobody follows come next.</param>
    /// <param name="network">The nearest IP header below, for the pseudo-header.</param>
    public delegate void Completion(Span<byte> bytes, Layer? above, Layer? network);

    public required byte[] Header { get; init; }
    public Completion? Complete { get; init; }

    /// <summary>What Ethernet, GRE and the like call this layer.</summary>
    public ushort? EtherType { get; init; }

    /// <summary>What IP calls this layer.</summary>
    public byte? Protocol { get; init; }

    /// <summary>IP alone: source and destination address, one after the other.</summary>
    public byte[]? Addresses { get; init; }

    /// <summary>Bytes of the header without which the flow cannot be known; 0 when the layer does not matter.</summary>
    public int KeyBytes { get; init; }

    /// <summary>Bytes of the header with which it is surely known.</summary>
    public int SureBytes { get => field == 0 ? KeyBytes : field; init; }
}
