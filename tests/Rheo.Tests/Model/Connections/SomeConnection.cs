using Rheo.Model;
using Rheo.Model.Connections;

namespace Rheo.Tests.Model.Connections;

/// <summary>A connection that is open since a second, and well.</summary>
internal static class SomeConnection
{
    internal const long Start = 1_000 * Second;

    private const long Second = 1_000_000_000;

    internal static ConnectionFigures Open { get; } = new()
    {
        Cookie = 7, Namespace = 1, TimeNs = Start, OpenedNs = Start - Second, EstablishedNs = Start - Second + 1_000_000, Role = ConnectionRole.Client,
        State = ConnectionState.Established, Local = new(Address.Parse("10.0.0.1"), 40_000), Remote = new(Address.Parse("10.0.0.2"), 80),
        SendWindow = 65_535, ReceiveWindow = 65_535, SegmentSize = 1448, RttNs = 500_000,
    };
}
