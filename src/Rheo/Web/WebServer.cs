using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Rheo.Web;

/// <summary>The HTTP server of the agent. Everything that a client can make it hold is bounded.</summary>
public sealed class WebServer : IAsyncDisposable
{
    /// <summary>64: browsers and scrapers of one machine; with full buffers they hold some 6 MB together.</summary>
    private const int MostConnections = 64;

    private readonly WebApplication _application;
    private readonly RequestCounts _counts;
    private readonly ListeningSocket _socket;

    private WebServer(WebApplication application, IPEndPoint address, string scheme, RequestCounts counts, ListeningSocket socket)
    {
        _application = application;
        _counts = counts;
        _socket = socket;
        Address = address;
        Scheme = scheme;
    }

    /// <summary>Where it listens, with the port that the system chose if 0 was asked for.</summary>
    public IPEndPoint Address { get; }

    /// <summary><c>http</c>, or <c>https</c> with a certificate.</summary>
    public string Scheme { get; }

    /// <summary>What clients asked for so far.</summary>
    public HttpUse Use => _counts.Now;

    /// <summary>Leaves the socket on which it listens, by its descriptor, to who is to go on with it: this server is to be disposed of then.</summary>
    public int? Leave() => _socket.Leave();

    /// <summary>Starts to listen. Errors: <see cref="IOException"/> when the port is in use or not allowed.</summary>
    /// <param name="listen">Where.</param>
    /// <param name="content">What it serves.</param>
    /// <param name="access">To whom.</param>
    /// <param name="taken">A socket that listens there already; it becomes this server's own.</param>
    public static async Task<WebServer> Start(IPEndPoint listen, WebContent content, WebAccess access, int? taken = null)
    {
        // The empty builder: no settings files from the working directory, no environment, no logging.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var counts = new RequestCounts(Router.Paths, MostConnections);
        var socket = new ListeningSocket(taken);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<SocketTransportOptions>(socket.UseIn);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => Bound(options, listen, access, counts));
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>, SharedMemory>(); // after Kestrel's: the last one holds
        var application = builder.Build();
        application.Run(counts.Around(new Router(content, access).Serve));
        try
        {
            await application.StartAsync();
        }
        catch (Exception failure)
        {
            await application.DisposeAsync();
            throw Explain(failure, listen);
        }

        return new WebServer(application, BoundAddress(application, listen), access.Certificates is null ? "http" : "https", counts, socket);
    }

    /// <summary>Ends running requests within two seconds and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _socket.Close(() => _counts.Connections);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _application.StopAsync(patience.Token);
        await _application.DisposeAsync();
    }

    private static void Bound(KestrelServerOptions options, IPEndPoint listen, WebAccess access, RequestCounts counts)
    {
        options.Listen(listen, socket =>
        {
            socket.Use(counts.Around);
            // One request at a time a connection: what a client costs is what its connections cost.
            socket.Protocols = HttpProtocols.Http1;
            if (access.Certificates is { } chain)
                socket.UseHttps(tls => Protect(tls, chain));
        });
        options.AddServerHeader = false;
        Bound(options.Limits);
    }

    private static void Bound(KestrelServerLimits limits)
    {
        limits.MaxConcurrentUpgradedConnections = 0;
        limits.MaxRequestLineSize = 4096;
        limits.MaxRequestHeadersTotalSize = 16384;
        limits.MaxRequestHeaderCount = 50;
        limits.MaxRequestBodySize = 0;
        limits.MaxRequestBufferSize = 20480;
        limits.MaxResponseBufferSize = 65536;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(20);
        // The greatest answer is a few megabytes, which even a poor line takes in a minute or two.
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 16384, gracePeriod: TimeSpan.FromSeconds(5));
    }

    private static void Protect(HttpsConnectionAdapterOptions tls, X509Certificate2Collection chain)
    {
        tls.ServerCertificate = chain[0];
        tls.ServerCertificateChain = [.. chain.Skip(1)];
        tls.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        tls.HandshakeTimeout = TimeSpan.FromSeconds(5);
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
