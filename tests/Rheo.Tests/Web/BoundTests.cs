using Microsoft.AspNetCore.Http;
using Rheo.Web;
using Xunit;

namespace Rheo.Tests.Web;

/// <summary>What bounds the server: rows under way, work that is shared, and who may ask.</summary>
public sealed class BoundTests
{
    [Fact]
    public void RowsThatAreNotToBeHadAreNotTaken()
    {
        var rows = new RowBudget(100);
        Assert.True(rows.TryTake(60));
        Assert.False(rows.TryTake(60));

        Assert.True(rows.TryTake(40));
        rows.Return(60);
        Assert.True(rows.TryTake(60));
    }

    [Fact]
    public async Task WhoAsksWithinHalfASecondGetsTheSameText()
    {
        var made = 0;
        var text = new SharedText((output, cancel) => output.WriteAsync(new[] { (byte)++made }, cancel).AsTask());

        for (var reader = 0; reader < 100; reader++)
        {
            var read = await text.Read(TestContext.Current.CancellationToken);
            Assert.Equal(made, read.Span[0]);
        }

        Assert.InRange(made, 1, 50); // one, but where each reading takes long
    }

    [Theory]
    [InlineData("navigate", "document", false)]
    [InlineData("no-cors", "document", true)]
    [InlineData("navigate", "iframe", true)]
    public void OnlyALinkThatWasFollowedMayComeFromElsewhere(string mode, string destination, bool isStrange)
    {
        var request = new DefaultHttpContext().Request;
        request.Host = new HostString("localhost:9460");
        request.Headers["Sec-Fetch-Site"] = "cross-site";
        request.Headers["Sec-Fetch-Mode"] = mode;
        request.Headers["Sec-Fetch-Dest"] = destination;

        Assert.Equal(isStrange, AskedBy.AStrangersPage(request));
    }

    [Fact]
    public async Task PathsThatNobodyKnowsAreCountedAsOne()
    {
        var counts = new RequestCounts(new HashSet<string> { "/known" }, most: 1);
        var serve = counts.Around((RequestDelegate)(_ => Task.CompletedTask));
        foreach (var path in new[] { "/known", "/a", "/b", "/known/" })
            await serve(new DefaultHttpContext { Request = { Path = path } });

        Assert.Equal([("/known", 1UL), ("other", 3UL)], counts.Now.Requests.Select(one => (one.Path, one.Count)).Order());
    }
}
