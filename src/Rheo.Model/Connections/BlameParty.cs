namespace Rheo.Model.Connections;

/// <summary>Who makes a connection slow, or fail.</summary>
public enum BlameParty : byte
{
    /// <summary>Nobody: it is well, or idle.</summary>
    None,

    /// <summary>The process that connected.</summary>
    Client,

    /// <summary>What lies between the two kernels.</summary>
    Network,

    /// <summary>The queues of the server's kernel: the server does not accept fast enough.</summary>
    ServerQueue,

    /// <summary>The process that serves.</summary>
    Server,
}
