using System.Net.Sockets;

namespace Rheo.Agent;

/// <summary>An agent cannot be used; the message says why.</summary>
/// <param name="message">One line for a person.</param>
/// <param name="isQuiet">Nothing is amiss: there is no agent, or none that watches the same. Who did not ask for one need not be told.</param>
/// <param name="cause">What the system said.</param>
internal sealed class AgentException(string message, bool isQuiet, Exception? cause = null) : IOException(message, cause)
{
    /// <summary>Whether who did not ask for an agent need not be told.</summary>
    public bool IsQuiet => isQuiet;

    /// <summary>It is there, and cannot answer now: it begins or ends, or is asked too much.</summary>
    public bool IsBusy { get; init; }

    /// <summary>The connection was refused: by nobody (a socket left behind), by rights, or by something unusual.</summary>
    public static AgentException Of(string path, SocketException failure) => failure.SocketErrorCode switch
    {
        SocketError.ConnectionRefused or SocketError.AddressNotAvailable => new($"no agent answers at {path}", isQuiet: true, failure),
        SocketError.AccessDenied => new($"{path} may be used by root and by the agent's own user alone; try sudo", isQuiet: true, failure),
        _ => new($"{path}: {failure.Message}", isQuiet: false, failure),
    };
}
