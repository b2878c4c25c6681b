using Rheo.Model;

namespace Rheo.Terminal;

/// <summary>Prints conversations as rows for a person.</summary>
/// <param name="output">Where to.</param>
/// <param name="screen">What it can show.</param>
/// <param name="interfaces">Names of the interfaces.</param>
/// <param name="wide">All columns, none of them cut, instead of those that fit the screen.</param>
/// <param name="follow">Rows come one by one: leave room for wider ones.</param>
public sealed class FlowTable(TextWriter output, Screen screen, InterfaceNames interfaces, bool wide, bool follow = false) : IFlowWriter
{
    // Wide enough for IPv4 with a port, and for every state: followed rows stay in line.
    private const int FollowedEndpoint = 21;
    private const int FollowedState = 12;

    private static readonly Column[] Further =
    [
        new("SOURCE PROCESS"), new("SOURCE UNIT"), new("DESTINATION PROCESS"), new("DESTINATION UNIT"),
        new("PACKETS SENT", Right: true), new("RECEIVED", Right: true), new("FLAGS"), new("TUNNEL"), new("VLAN"), new("INITIATOR"),
        new("FIRST SEEN"), new("LAST SEEN"),
    ];

    private readonly Table _table = new(wide ? [.. Common(follow), .. Further] : Common(follow));

    /// <inheritdoc/>
    public void Write(in Conversation flow)
    {
        string[] cells =
        [
            flow.Source.ToString(), flow.Destination.ToString(), Words.TransportOf(flow), FlowWords.State(flow), Units.Bytes(flow.Sent.Bytes),
            Units.Bytes(flow.Received.Bytes), Units.BitRate(flow.Rates.TenSeconds.Bytes),
            FlowWords.Rtt(flow), FlowWords.Interfaces(flow, interfaces),
        ];
        _table.Add(wide ? [.. cells, .. FurtherCells(flow)] : cells);
    }

    /// <inheritdoc/>
    public void Flush()
    {
        _table.Write(output, wide ? screen.Endless : screen);
        output.Flush();
    }

    private static Column[] Common(bool follow) =>
    [
        new("SOURCE", Shrinks: true, Least: follow ? FollowedEndpoint : 0),
        new("DESTINATION", Shrinks: true, Least: follow ? FollowedEndpoint : 0),
        new("PROTO"),
        new("STATE", Spare: 2, Least: follow ? FollowedState : 0),
        new("SENT", Right: true, Least: follow ? "1023 KiB".Length : 0),
        new("RECEIVED", Right: true),
        new("RATE", Right: true, Spare: 1, Least: follow ? "1.00 Mbit/s".Length : 0),
        new("RTT", Right: true, Spare: 3, Least: follow ? "1.00 ms".Length : 0),
        new("INTERFACES", Shrinks: true, Spare: 4),
    ];

    private static string[] FurtherCells(in Conversation flow) =>
    [
        OwnerWords.Of(flow.SourceProcesses), OwnerWords.Home(flow.SourceProcesses),
        OwnerWords.Of(flow.DestinationProcesses), OwnerWords.Home(flow.DestinationProcesses),
        Units.Count(flow.Sent.Packets), Units.Count(flow.Received.Packets),
        Words.Of(flow.SentFlags | flow.ReceivedFlags, ','), FlowWords.TunnelText(flow.Tunnel), FlowWords.VlanText(flow),
        Words.Of(flow.Initiator), Rfc3339.Format(flow.FirstSeenNs), Rfc3339.Format(flow.LastSeenNs),
    ];
}
