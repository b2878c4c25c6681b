namespace Rheo.Bpf;

/// <summary>Where an XDP program runs.</summary>
public enum XdpMode
{
    /// <summary>Ask for no mode: the driver if it can, else generic.</summary>
    Any,

    /// <summary>In the driver, before a socket buffer is made.</summary>
    Native,

    /// <summary>In the network stack, after a socket buffer is made: slow, but on every device.</summary>
    Generic,

    /// <summary>On the network card.</summary>
    Offload,
}
