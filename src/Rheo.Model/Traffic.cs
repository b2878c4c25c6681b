namespace Rheo.Model;

/// <summary>An amount of traffic.</summary>
/// <param name="Packets">Packets as on the wire.</param>
/// <param name="Bytes">L2 bytes as on the wire.</param>
public readonly record struct Traffic(ulong Packets, ulong Bytes)
{
    /// <summary>The sum of two amounts.</summary>
    public static Traffic operator +(Traffic left, Traffic right) => new(left.Packets + right.Packets, left.Bytes + right.Bytes);

    /// <summary>The sum of two amounts.</summary>
    public Traffic Add(Traffic other) => this + other;
}
