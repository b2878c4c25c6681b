using Rheo.Web;

namespace Rheo.Agent;

/// <summary>Where the agent is asked: its port, and its Unix socket. Threads: one.</summary>
internal sealed class Doors(Task<WebServer> serving, Task<AgentSocket?> listening) : IDisposable
{
    private bool _closed;

    /// <summary>The server, once it serves.</summary>
    public WebServer Server => serving.GetAwaiter().GetResult();

    /// <summary>The socket, where there is one.</summary>
    public AgentSocket? Socket => listening.GetAwaiter().GetResult();

    /// <summary>Where they are, and their descriptors, for who is to go on listening; to be disposed of after that.</summary>
    public IReadOnlyList<(string Place, int Descriptor)> Leave(string listen)
    {
        (string, int?)[] both = [(listen, Server.Leave()), (Socket?.Path ?? "", Socket?.Leave())];
        return [.. both.Where(door => door.Item2 is not null).Select(door => (door.Item1, door.Item2!.Value))];
    }

    /// <summary>Closes both; once.</summary>
    public void Dispose()
    {
        if (_closed)
            return;
        _closed = true;
        End(serving);
        End(listening);
    }

    private static void End<T>(Task<T> server)
        where T : IAsyncDisposable?
    {
        if (server.IsCompletedSuccessfully && server.Result is { } started)
            started.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
