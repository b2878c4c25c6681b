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
