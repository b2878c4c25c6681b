namespace Rheo.Model.Table;

/// <summary>Reads the state of a TCP connection from all flags that each end ever sent and from what the kernel saw.</summary>
internal static class TcpWireStates
{
    public static TcpWireState Of(TcpFlags source, TcpFlags destination, Marks marks)
    {
        var either = source | destination;
        var bothFin = (source & destination & TcpFlags.Fin) != 0 || (marks & Marks.BothFin) != 0;
        if (bothFin)
            return TcpWireState.TimeWait;
        if ((either & TcpFlags.Rst) != 0 || (marks & Marks.Reset) != 0)
            return TcpWireState.Closed;
        if ((either & TcpFlags.Fin) != 0)
            return TcpWireState.FinWait;
        if ((marks & Marks.Handshake) != 0)
            return TcpWireState.Established;
        return OfOpening(source, destination);
    }

    private static TcpWireState OfOpening(TcpFlags source, TcpFlags destination)
    {
        if ((source | destination) == TcpFlags.None)
            return TcpWireState.None;
        if ((source & TcpFlags.Ack) != 0)
            return TcpWireState.Established;
        if ((destination & TcpFlags.Syn) != 0)
            return TcpWireState.SynReceived;
        return (source & TcpFlags.Syn) != 0 ? TcpWireState.SynSent : TcpWireState.Established;
    }
}
