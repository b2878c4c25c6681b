namespace Rheo.Model.Connections;

/// <summary>How long things of connections take.</summary>
public sealed class ConnectionTimes
{
    // As the flows' own: 100 µs to 10 s in steps of 1, 2.5 and 5.
    private static readonly double[] Short =
        [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    // A request to a day.
    private static readonly double[] Long = [0.001, 0.01, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600, 21600, 86400];

    /// <summary>Smoothed round trip: of each connection once when it ends, and at each walk that finds it moved.</summary>
    public TimeHistogram Rtt { get; private init; } = new(Short);

    /// <summary>Time from SYN to the end of the handshake, of connections opened from here.</summary>
    public TimeHistogram Connect { get; private init; } = new(Short);

    /// <summary>Time from opening to end.</summary>
    public TimeHistogram Lifetime { get; private init; } = new(Long);

    /// <summary>The same, which does not change any more.</summary>
    public ConnectionTimes Copy() => new() { Rtt = Rtt.Copy(), Connect = Connect.Copy(), Lifetime = Lifetime.Copy() };
}
