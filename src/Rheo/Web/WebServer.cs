using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Rheo.Web;

/// <summary>The HTTP server of the agent. Serves loopback only; everything else about a request is bounded.</summary>
public sealed class WebServer : IAsyncDisposable
{
    /// <summary>64: browsers and scrapers of one machine; a connection holds some 20 KB.</summary>
    private const int MostConnections = 64;

    private readonly WebApplication _application;
    private readonly RequestCounts _counts;

    private WebServer(WebApplication application, IPEndPoint address, RequestCounts counts)
    {
        _application = application;
        _counts = counts;
        Address = address;
    }

    /// <summary>Where it listens, with the port that the system chose if 0 was asked for.</summary>
    public IPEndPoint Address { get; }

    /// <summary>What clients asked for so far.</summary>
    public HttpUse Use => _counts.Now;

    /// <summary>Starts to listen. Errors: <see cref="IOException"/> when the port is in use or not allowed.</summary>
    public static async Task<WebServer> Start(IPEndPoint listen, WebContent content)
    {
        // The empty builder: no settings files from the working directory, no environment, no logging.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var counts = new RequestCounts(Router.Paths, MostConnections);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => Bound(options, listen, counts));
        var application = builder.Build();
        application.Run(counts.Around(new Router(content, new HostNames(listen.Address)).Serve));
        try
        {
            await application.StartAsync();
        }
        catch (Exception failure)
        {
            await application.DisposeAsync();
            throw Explain(failure, listen);
        }

        return new WebServer(application, BoundAddress(application, listen), counts);
    }

    /// <summary>Ends running requests within two seconds and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _application.StopAsync(patience.Token);
        await _application.DisposeAsync();
    }

    private static void Bound(KestrelServerOptions options, IPEndPoint listen, RequestCounts counts)
    {
        options.Listen(listen, socket => socket.Use(counts.Around));
        options.AddServerHeader = false;
        options.Limits.MaxConcurrentUpgradedConnections = 0;
        options.Limits.MaxRequestLineSize = 4096;
        options.Limits.MaxRequestHeadersTotalSize = 16384;
        options.Limits.MaxRequestHeaderCount = 50;
        options.Limits.MaxRequestBodySize = 0;
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
        options.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
    }

    private static IPEndPoint BoundAddress(WebApplication application, IPEndPoint listen)
    {
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        return new IPEndPoint(listen.Address, new Uri(addresses.Addresses.Single()).Port);
    }

    private static IOException Explain(Exception failure, IPEndPoint listen)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is AddressInUseException)
                return new IOException($"{listen} is in use by another process; stop that one, or choose another with --listen", failure);
            if (cause is SocketException socket)
                return new IOException($"cannot listen on {listen}: {socket.Message}", failure);
        }

        return new IOException($"cannot listen on {listen}: {failure.Message}", failure);
    }
}
