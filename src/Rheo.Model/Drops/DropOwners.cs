using Rheo.Model.Owners;

namespace Rheo.Model.Drops;

/// <summary>Says whose the sockets are that dropped packets belong to.</summary>
public static class DropOwners
{
    /// <summary>The same drops with the owners that are known now.</summary>
    public static DropSnapshot Owned(this DropSnapshot drops, ISocketOwners? owners) => owners is null
        ? drops
        : drops with
        {
            Flows = [.. drops.Flows.Select(row => Owned(row, owners))],
            Examples = [.. drops.Examples.Select(example => example with { Packet = Owned(example.Packet, owners) })],
        };

    // A listener's own walk has told who was found first, without program and container: who knows more wins.
    private static DropTotal Owned(DropTotal row, ISocketOwners owners) =>
        row is { Flow.Socket: not 0 and var socket } && owners.FindByCookie(socket) is [var first, ..] ? row with { Owner = first } : row;
}
