namespace Rheo.Model;

/// <summary>Average traffic over a window.</summary>
/// <param name="SentBytes">Bytes a second from source to destination.</param>
/// <param name="SentPackets">Packets a second from source to destination.</param>
/// <param name="ReceivedBytes">Bytes a second from destination to source.</param>
/// <param name="ReceivedPackets">Packets a second from destination to source.</param>
public readonly record struct TrafficRate(float SentBytes, float SentPackets, float ReceivedBytes, float ReceivedPackets)
{
    /// <summary>Bytes a second, both directions.</summary>
    public float Bytes => SentBytes + ReceivedBytes;

    /// <summary>Packets a second, both directions.</summary>
    public float Packets => SentPackets + ReceivedPackets;
}
