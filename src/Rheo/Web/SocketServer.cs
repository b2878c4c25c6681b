using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Rheo.Web;

/// <summary>
/// The same API on a Unix socket, for the commands of this machine. A server of its own, so that a crowd at the port never keeps
/// them out. Who may connect is decided by the rights of the file.
/// </summary>
public sealed class SocketServer : IAsyncDisposable
{
    /// <summary>32: eight streams, and short requests beside them.</summary>
    private const int MostConnections = 32;

    private readonly WebApplication _application;
    private readonly RequestCounts _counts;
    private readonly ListeningSocket _socket;

    private SocketServer(WebApplication application, RequestCounts counts, ListeningSocket socket) =>
        (_application, _counts, _socket) = (application, counts, socket);

    /// <summary>Leaves the socket on which it listens, by its descriptor, to who is to go on with it: this server is to be disposed of then.</summary>
    public int? Leave() => _socket.Leave();

    /// <summary>Starts to listen at a path where nothing is yet. Errors: <see cref="IOException"/> when the path cannot be had.</summary>
    /// <param name="path">Where.</param>
    /// <param name="content">What it serves, as at the port.</param>
    /// <param name="socket">What it serves beside that.</param>
    /// <param name="taken">A socket that listens there already; it becomes this server's own.</param>
    public static async Task<SocketServer> Start(string path, WebContent content, SocketContent socket, int? taken = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var counts = new RequestCounts(Router.Paths, MostConnections);
        var listening = new ListeningSocket(taken);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<SocketTransportOptions>(listening.UseIn);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => Bound(options, path, counts));
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>, SharedMemory>(); // after Kestrel's: the last one holds
        var application = builder.Build();
        application.Run(new SocketRouter(socket, new Router(content, new WebAccess()).Serve).Serve);
        try
        {
            await application.StartAsync();
            return new SocketServer(application, counts, listening);
        }
        catch (Exception failure)
        {
            await application.DisposeAsync();
            throw new IOException($"cannot listen on {path}: {failure.GetBaseException().Message}", failure);
        }
    }

    /// <summary>Ends running requests within two seconds and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _socket.Close(() => _counts.Connections);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _application.StopAsync(patience.Token);
        await _application.DisposeAsync();
    }

    private static void Bound(KestrelServerOptions options, string path, RequestCounts counts)
    {
        options.ListenUnixSocket(path, socket => socket.Use(counts.Around));
        options.AddServerHeader = false;
        options.Limits.MaxConcurrentUpgradedConnections = 0;
        options.Limits.MaxRequestLineSize = 4096;
        options.Limits.MaxRequestHeadersTotalSize = 16384;
        options.Limits.MaxRequestHeaderCount = 50;
        options.Limits.MaxRequestBodySize = 0;
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
    }
}
