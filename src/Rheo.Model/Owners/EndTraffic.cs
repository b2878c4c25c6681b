namespace Rheo.Model.Owners;

/// <summary>What somebody sent and received at their ends of conversations.</summary>
/// <param name="Sent">What they sent.</param>
/// <param name="Received">What was sent to them.</param>
public readonly record struct EndTraffic(Traffic Sent, Traffic Received)
{
    /// <summary>The sum of two amounts.</summary>
    public static EndTraffic operator +(EndTraffic left, EndTraffic right) => new(left.Sent + right.Sent, left.Received + right.Received);

    /// <summary>The sum of two amounts.</summary>
    public EndTraffic Add(EndTraffic other) => this + other;
}
