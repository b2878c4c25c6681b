using Rheo.Model.Owners;

namespace Rheo.Model.Connections;

/// <summary>One end of a TCP connection as it stood at the last walk, or as it ended, with what follows from it. Immutable.</summary>
public sealed record Connection
{
    /// <summary>The last reading.</summary>
    public required ConnectionFigures Figures { get; init; }

    /// <summary>Which end this is: seen, or concluded from who listens.</summary>
    public required ConnectionRole Role { get; init; }

    /// <summary>Who makes it slow, or fail.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>How long the other end's receive window was closed.</summary>
    public required long SendWindowClosedNs { get; init; }

    /// <summary>How long this end's receive window was closed.</summary>
    public required long ReceiveWindowClosedNs { get; init; }

    /// <summary>The longest that something of it takes now: opening, a round trip, an answer, a closed window.</summary>
    public required long SlowestNs { get; init; }

    /// <summary>Median of the last 15 readings of the smoothed round trip; 0: not measured yet.</summary>
    public long MedianRttNs { get; init; }

    /// <summary>Acknowledgements sent to this end that tell of a hole, as seen on the wire; null: nobody looks at packets.</summary>
    public uint? DuplicateAcks { get; init; }

    /// <summary>Whose it is, first who used it last; empty where that is not known.</summary>
    public IReadOnlyList<SocketProcess> Processes { get; init; } = [];

    /// <summary>Time from SYN to the end of the handshake; null at the end that accepted, and where it was not seen.</summary>
    public long? ConnectNs => Figures is { Role: ConnectionRole.Client, OpenedNs: > 0, EstablishedNs: > 0 }
        ? Figures.EstablishedNs - Figures.OpenedNs
        : null;

    /// <summary>Whether it is over.</summary>
    public bool IsEnded => Figures.End != ConnectionEnd.None;

    /// <summary>The same as a conversation, source first, so that one filter language serves both.</summary>
    public Conversation ToConversation() => ToConversation(Figures, Role, Processes);

    internal static Conversation ToConversation(in ConnectionFigures figures, ConnectionRole role, IReadOnlyList<SocketProcess> processes)
    {
        var isServer = role == ConnectionRole.Server;
        var sent = new Traffic(figures.SegmentsSent, figures.BytesSent);
        var received = new Traffic(figures.SegmentsReceived, figures.BytesReceived);
        return new Conversation
        {
            Source = isServer ? figures.Remote : figures.Local,
            Destination = isServer ? figures.Local : figures.Remote,
            Initiator = role == ConnectionRole.Unknown ? Initiator.Guess : Initiator.Syn,
            SourceProcesses = isServer ? [] : processes,
            DestinationProcesses = isServer ? processes : [],
            Protocol = Transport.Tcp,
            Network = figures.Remote.Address.IsIPv4 ? NetworkType.IPv4 : NetworkType.IPv6,
            Sent = isServer ? received : sent,
            Received = isServer ? sent : received,
            TcpState = OnTheWire(figures.State),
            HandshakeRttNs = figures.RttNs > 0 ? figures.RttNs : null,
            SynRetransmits = (byte)Math.Min(figures.Retransmitted, byte.MaxValue),
            FirstSeenNs = figures.OpenedNs,
            LastSeenNs = figures.TimeNs,
            End = OnTheWire(figures.End),
        };
    }

    private static TcpWireState OnTheWire(ConnectionState state) => state switch
    {
        ConnectionState.SynSent => TcpWireState.SynSent,
        ConnectionState.SynReceived => TcpWireState.SynReceived,
        ConnectionState.Established => TcpWireState.Established,
        ConnectionState.TimeWait => TcpWireState.TimeWait,
        ConnectionState.Closed => TcpWireState.Closed,
        ConnectionState.None or ConnectionState.Listen => TcpWireState.None,
        _ => TcpWireState.FinWait,
    };

    private static EndReason OnTheWire(ConnectionEnd end) => end switch
    {
        ConnectionEnd.None => EndReason.None,
        ConnectionEnd.FinSent or ConnectionEnd.FinReceived => EndReason.Fin,
        _ => EndReason.Reset,
    };
}
