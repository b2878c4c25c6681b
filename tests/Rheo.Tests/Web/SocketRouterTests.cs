using Microsoft.AspNetCore.Http;
using Rheo.Web;
using Xunit;

namespace Rheo.Tests.Web;

/// <summary>How often news may be asked for.</summary>
public sealed class SocketRouterTests
{
    private TimeSpan? _asked;

    [Theory]
    [InlineData("", 1000)]
    [InlineData("?interval_ms=1", 1)]
    [InlineData("?interval_ms=60000", 60_000)]
    public async Task FromAMillisecondToAMinute(string query, int milliseconds)
    {
        await Ask(query);

        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), _asked);
    }

    [Theory]
    [InlineData("?interval_ms=0")]
    [InlineData("?interval_ms=60001")]
    [InlineData("?interval_ms=-1")]
    [InlineData("?interval_ms=%201")]
    [InlineData("?interval_ms=1.5")]
    [InlineData("?interval_ms=4294967297")]
    public async Task AnythingElseIsRefused(string query)
    {
        Assert.Equal(400, await Ask(query));

        Assert.Null(_asked);
    }

    private async Task<int> Ask(string query)
    {
        var content = new SocketContent
        {
            Stream = (interval, _) =>
            {
                _asked = interval;
                return Task.FromResult<SocketStream?>(null);
            },
            Scan = _ => Task.FromResult(1UL),
        };
        var context = new DefaultHttpContext { Request = { Method = "GET", Path = SocketRouter.StreamPath, QueryString = new QueryString(query) } };
        await new SocketRouter(content, _ => Task.CompletedTask).Serve(context);
        return context.Response.StatusCode;
    }
}
