using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Rheo.Tests.Ground;
using Rheo.Web;
using Xunit;

namespace Rheo.Tests.Web;

public sealed class WebServerTests : IAsyncLifetime
{
    private WebServer _server = null!;
    private HttpClient _client = null!;
    private string? _trouble;

    public async ValueTask InitializeAsync()
    {
        _server = await WebServer.Start(new IPEndPoint(IPAddress.Loopback, 0), SomeContent.Of(() => _trouble), new WebAccess { Hosts = ["rheo.example"] });
        _client = new HttpClient { BaseAddress = new Uri($"http://{_server.Address}/") };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("", "text/html")]
    [InlineData("app.js", "text/javascript")]
    [InlineData("app.css", "text/css")]
    [InlineData("favicon.svg", "image/svg+xml")]
    [InlineData("api/v1/openapi.json", "application/json")]
    public async Task ThePageIsServedUnderAStrictPolicy(string path, string type)
    {
        var answer = await _client.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }

    // Pinned memory is taken back by full collections alone, and a quiet process makes none for hours.
    [Fact]
    public async Task NoMemoryIsPinnedForConnections()
    {
        const int Connections = 64, LeastABlock = 4096;
        await _client.GetStringAsync("healthz");
        var before = PinnedBytes();

        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => _client.GetStringAsync("")));

        Assert.InRange(PinnedBytes() - before, long.MinValue, Connections * LeastABlock / 4);
    }

    private static long PinnedBytes()
    {
        GC.Collect();
        return GC.GetGCMemoryInfo(GCKind.FullBlocking).GenerationInfo[4].SizeAfterBytes;
    }

    [Fact]
    public async Task ThePageHoldsNoInlineScriptOrStyle()
    {
        var html = await _client.GetStringAsync("");

        Assert.DoesNotMatch("(?i)\\son[a-z]+=|style=|<style|javascript:|<script(?![^>]*src=)", html);
    }

    [Fact]
    public void TheSourceOfThePageNeverMakesMarkupOfData() =>
        Assert.All(Repository.Files("web/src/*"), file => Assert.DoesNotMatch(
            @"\{@html|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|createContextualFragment",
            File.ReadAllText(Path.Combine(Repository.Root, file))));

    [Fact]
    public void ThePageFitsInto120KilobytesCompressed()
    {
        var folder = new DirectoryInfo(Path.Combine(Repository.Root, "web", "dist"));
        var compressed = folder.GetFiles("*.gz").Where(file => file.Name != "openapi.json.gz").Sum(file => file.Length);

        Assert.InRange(compressed, 1, 120 * 1024);
    }

    [Theory]
    [InlineData("br, gzip", "br")]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("br;q=0.5", "br")]
    [InlineData("identity", null)]
    public async Task EachClientGetsTheFormThatItTakes(string accepted, string? encoding)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "app.js");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        var answer = await _client.SendAsync(request);

        Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal(File.ReadAllBytes(Path.Combine(Repository.Root, "web/dist/app.js")), await Decoded(answer));
    }

    private static async Task<byte[]> Decoded(HttpResponseMessage answer)
    {
        var content = await answer.Content.ReadAsStreamAsync();
        using Stream decoded = answer.Content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "br" => new BrotliStream(content, CompressionMode.Decompress),
            "gzip" => new GZipStream(content, CompressionMode.Decompress),
            _ => content,
        };
        using var whole = new MemoryStream();
        await decoded.CopyToAsync(whole);
        return whole.ToArray();
    }

    [Theory]
    [InlineData("{0}", HttpStatusCode.NotModified)]
    [InlineData("W/\"0\", {0}", HttpStatusCode.NotModified)]
    [InlineData("*", HttpStatusCode.NotModified)]
    [InlineData("\"0\"", HttpStatusCode.OK)]
    public async Task AnUnchangedFileIsNotSentAgain(string known, HttpStatusCode status)
    {
        var tag = (await _client.GetAsync("app.js")).Headers.ETag!;
        var request = new HttpRequestMessage(HttpMethod.Get, "app.js");
        request.Headers.TryAddWithoutValidation("If-None-Match", string.Format(null, known, tag));

        Assert.True(tag.IsWeak); // its forms, compressed and not, have it in common
        Assert.Equal(status, (await _client.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData("api/v1/flows", """{"order":"RateTenSeconds","limit":100}""")]
    [InlineData("api/v1/flows?sort=last&limit=7", """{"order":"LastSeen","limit":7}""")]
    [InlineData("api/v1/flows?sort=&limit=", """{"order":"RateTenSeconds","limit":100}""")]
    public async Task QueriesHaveDefaults(string path, string expected) => Assert.Equal(expected, await _client.GetStringAsync(path));

    [Theory]
    [InlineData("api/v1/flows?sort=speed", "sort", "none of bytes")]
    [InlineData("api/v1/flows?limit=0", "limit", "from 1 to 10000")]
    [InlineData("api/v1/flows?limit=1&limit=2", "limit", "2 times")]
    [InlineData("api/v1/flows?colour=red", "colour", "no parameter")]
    [InlineData("api/v1/flows?filter=tcp+and+prt+443", "filter", "prt")]
    [InlineData("api/v1/drops?by=place,flow", "by", "none of place")]
    [InlineData("api/v1/drops?filter=rtt:1ms..", "filter", "a key that dropped packets have")]
    [InlineData("api/v1/connections?filter=interface:eth0", "filter", "a key that connections have")]
    [InlineData("api/v1/drops?limit=20001", "limit", "from 1 to 20000")]
    [InlineData("api/v1/drops?all=yes", "all", "neither true nor false")]
    [InlineData("api/v1/connections?state=open", "state", "none of established")]
    [InlineData("api/v1/connections?state=%1b%5b1m", "state", @"\x1b[1m")]
    [InlineData("api/v1/connections?pid=-1", "pid", "from 1 to 2147483647")]
    [InlineData("api/v1/connections?pid=99999999999", "pid", "from 1 to")]
    [InlineData("api/v1/connections?slow=-1s", "slow", "no duration")]
    [InlineData("api/v1/connections?slow=NaN", "slow", "no duration")]
    [InlineData("api/v1/connections?since=yesterday", "since", "no time")]
    [InlineData("api/v1/connections?since=9999-12-31T23:59:59Z", "since", "no time")]
    [InlineData("api/v1/connections?retransmitting=1", "retransmitting", "neither true nor false")]
    [InlineData("api/v1/connections?sort=rate", "sort", "none of slow, rtt")]
    [InlineData("api/v1/connections?limit=10001", "limit", "from 1 to 10000")]
    [InlineData("api/v1/connections?listening=true&listening=true", "listening", "2 times")]
    [InlineData("api/v1/connections?Pid%00=1", @"Pid\x00", "no parameter")]
    [InlineData("api/v1/connections?filter=tcp+and+prt+443", "filter", "prt")]
    public async Task AWrongQueryIsAProblemThatNamesTheParameter(string path, string parameter, string detail)
    {
        var answer = await _client.GetAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(parameter, Text.Printable(problem.GetProperty("parameter").GetString()!));
        Assert.Contains(detail, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", " State = , Pid = , Container = , Slow = , Retransmitting = False, All = False, SinceNs = 0", "Slowest 100")]
    [InlineData("state=close-wait&pid=7&container=c0ffee", " State = CloseWait, Pid = 7, Container = c0ffee, Slow = ,", "Slowest 100")]
    [InlineData("slow=1.5s&retransmitting=true&all=true&since=1970-01-01T00:00:01Z", "Slow = 00:00:01.5000000, Retransmitting = True, All = True, SinceNs = 1000000000", "Slowest")]
    [InlineData("sort=retransmits&limit=7&filter=tcp", "State = ,", "Retransmits 7")]
    public async Task ConnectionsAreAskedForInTheWordsOfTheCommand(string query, string choice, string rest)
    {
        var answer = await _client.GetStringAsync("api/v1/connections?" + query);

        Assert.Contains(choice, answer, StringComparison.Ordinal);
        Assert.Contains(rest, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheRowsOfAnAnswerAreGivenBack()
    {
        for (var asked = 0; asked < 5; asked++)
            Assert.Equal("""{"order":"RateTenSeconds","limit":10000}""", await _client.GetStringAsync("api/v1/flows?limit=10000"));
    }

    [Fact]
    public async Task AnIdOfAContainerIsBounded()
    {
        var answer = await _client.GetAsync("api/v1/connections?container=" + new string('a', 257));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task AWrongFilterSaysInWhichColumnAndWhatWouldFit()
    {
        var answer = await _client.GetAsync("api/v1/flows?filter=tcp+and+state:closd");

        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(15, problem.GetProperty("column").GetInt32());
        Assert.Contains("fin_wait", problem.GetProperty("expected").GetString(), StringComparison.Ordinal);
        Assert.Equal("closed", problem.GetProperty("suggestion").GetString());
    }

    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("localhost:1234", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("[::1]:9460", HttpStatusCode.OK)]
    [InlineData("rheo.example", HttpStatusCode.OK)]
    [InlineData("RHEO.example:443", HttpStatusCode.OK)]
    [InlineData("attacker.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("rheo.example.attacker.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("192.0.2.1", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost.attacker.example", HttpStatusCode.MisdirectedRequest)]
    public async Task OnlyNamesOfThisMachineAreAnswered(string host, HttpStatusCode expected)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/flows") { Headers = { Host = host } };

        Assert.Equal(expected, (await _client.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData("Origin", "http://attacker.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://localhost:3000")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task APageOfAnotherOriginIsRefused(string header, string value)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/flows");
        request.Headers.Add(header, value);

        Assert.Equal(HttpStatusCode.Forbidden, (await _client.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData("same-origin", "cors", "empty")]
    [InlineData("none", "navigate", "document")]
    [InlineData("cross-site", "navigate", "document")]
    public async Task OurOwnPageAndAFollowedLinkAreAnswered(string site, string mode, string destination)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/flows")
        {
            Headers = { { "Sec-Fetch-Site", site }, { "Sec-Fetch-Mode", mode }, { "Sec-Fetch-Dest", destination } },
        };
        if (site == "same-origin")
            request.Headers.Add("Origin", $"http://{_server.Address}");

        Assert.Equal(HttpStatusCode.OK, (await _client.SendAsync(request)).StatusCode);
    }

    // Browsers leave out the port that a scheme has anyway, in both headers; a proxy ends TLS for us and hands on the name.
    [Theory]
    [InlineData("http://rheo.example", "rheo.example", HttpStatusCode.OK)]
    [InlineData("https://rheo.example", "rheo.example", HttpStatusCode.OK)]
    [InlineData("https://rheo.example:9460", "rheo.example:9460", HttpStatusCode.OK)]
    [InlineData("https://rheo.example", "rheo.example:443", HttpStatusCode.OK)]
    [InlineData("http://[::1]", "[::1]", HttpStatusCode.OK)]
    [InlineData("http://rheo.example", "rheo.example:9460", HttpStatusCode.Forbidden)]
    [InlineData("http://rheo.example:9460", "rheo.example", HttpStatusCode.Forbidden)]
    [InlineData("http://attacker.example", "rheo.example", HttpStatusCode.Forbidden)]
    [InlineData("file:///etc/passwd", "rheo.example", HttpStatusCode.Forbidden)]
    public async Task AnOriginIsOursByItsNameAndPort(string origin, string host, HttpStatusCode expected)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/flows") { Headers = { Host = host } };
        request.Headers.Add("Origin", origin);

        Assert.Equal(expected, (await _client.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData("[fe80::1]", "fe80::1%2", true)]
    [InlineData("[fe80::2]", "fe80::1%2", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    public void TheAddressThatWasReachedIsANameWhateverItsZone(string host, string arrivedAt, bool isAllowed) =>
        Assert.Equal(isAllowed, new HostNames([]).Allow(new Microsoft.AspNetCore.Http.HostString(host, 9460), IPAddress.Parse(arrivedAt)));

    [Fact]
    public async Task NoOtherOriginIsEverAllowedToRead()
    {
        var question = new HttpRequestMessage(HttpMethod.Options, "api/v1/flows")
        {
            Headers = { { "Origin", $"http://{_server.Address}" }, { "Access-Control-Request-Method", "GET" } },
        };
        var answer = await _client.SendAsync(question);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task NothingCanBeChanged()
    {
        var answer = await _client.PostAsync("api/v1/flows", null);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET", "HEAD"], answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task UnknownPathsSayWhatThereIs()
    {
        var answer = await _client.GetAsync("etc/passwd");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("/metrics", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HealthAndReadinessAreApart()
    {
        Assert.Equal("ok\n", await _client.GetStringAsync("healthz"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _client.GetAsync("readyz")).StatusCode);

        _trouble = "stuck";

        Assert.Equal("stuck\n", await (await _client.GetAsync("healthz")).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task OpenMetricsIsServedToThoseWhoAskForIt()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "metrics");
        request.Headers.TryAddWithoutValidation("Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");

        Assert.Equal("open", await (await _client.SendAsync(request)).Content.ReadAsStringAsync());
        Assert.Equal("classic", await _client.GetStringAsync("metrics"));
    }

    [Theory]
    [InlineData("GET /{0} HTTP/1.1\r\nHost: localhost\r\n\r\n", 5000, "414")]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\nX: {0}\r\n\r\n", 20_000, "431")]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999\r\n\r\n", 0, "405")]
    public async Task OversizedRequestsAreRefused(string request, int size, string status)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(_server.Address);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request.Replace("{0}", new string('a', size), StringComparison.Ordinal)));

        var line = await new StreamReader(stream).ReadLineAsync();

        Assert.StartsWith("HTTP/1.1 " + status, line, StringComparison.Ordinal);
    }
}
