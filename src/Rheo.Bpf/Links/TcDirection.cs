namespace Rheo.Bpf;

/// <summary>Which way packets go at an interface.</summary>
public enum TcDirection
{
    /// <summary>Packets that come in from the wire.</summary>
    Ingress,

    /// <summary>Packets that go out to the wire.</summary>
    Egress,
}
