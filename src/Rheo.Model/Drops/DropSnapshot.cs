namespace Rheo.Model.Drops;

/// <summary>All that was dropped since the programs were attached.</summary>
/// <param name="Places">By reason, place, interface and namespace: exact.</param>
/// <param name="Flows">The same by flow, without frames that were only overheard and what closed sockets had not read: what loses again and again stays, the others make room.</param>
/// <param name="Ledger">What the tables could not hold.</param>
public sealed record DropSnapshot(IReadOnlyList<DropTotal> Places, IReadOnlyList<DropTotal> Flows, DropLosses Ledger)
{
    /// <summary>Nothing was dropped.</summary>
    public static readonly DropSnapshot Empty = new([], [], default);

    /// <summary>The last packets that were told one by one, the oldest first.</summary>
    public IReadOnlyList<DroppedPacket> Examples { get; init; } = [];
}
