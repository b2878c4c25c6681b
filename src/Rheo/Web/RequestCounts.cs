using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace Rheo.Web;

/// <summary>Counts what clients ask for, and refuses connections beyond a bound. Threads: any.</summary>
/// <param name="paths">The paths that are counted by name; all else is one more kind.</param>
/// <param name="most">Connections open at once, at most.</param>
internal sealed class RequestCounts(IReadOnlySet<string> paths, int most)
{
    private readonly ConcurrentDictionary<(string Path, int Status), ulong> _requests = new();
    private int _connections;
    private ulong _refused;

    /// <summary>The counts as of now.</summary>
    public HttpUse Now => new(
        [.. _requests.Select(pair => new HttpRequests(pair.Key.Path, pair.Key.Status, pair.Value))],
        Connections, Volatile.Read(ref _refused));

    /// <summary>Connections that are open.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Counts each request that is served.</summary>
    public RequestDelegate Around(RequestDelegate serve) => async context =>
    {
        try
        {
            await serve(context);
        }
        finally
        {
            var path = context.Request.Path.Value is { } known && paths.Contains(known) ? known : "other";
            _requests.AddOrUpdate((path, context.Response.StatusCode), 1, (_, count) => count + 1);
        }
    };

    /// <summary>Closes a connection at once when there are too many.</summary>
    public ConnectionDelegate Around(ConnectionDelegate next) => async connection =>
    {
        try
        {
            if (Interlocked.Increment(ref _connections) > most)
                Interlocked.Increment(ref _refused);
            else
                await next(connection);
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    };
}
