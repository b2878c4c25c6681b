using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Rheo.Web;
using Xunit;

namespace Rheo.Tests.Web;

/// <summary>TLS and the token: who may ask when not only this machine can.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class WebAccessTests : IDisposable
{
    private const string Secret = "0123456789abcdef0123456789abcdef";
    private const UnixFileMode Ours = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rheo-t-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task WithATokenOnlyThePageAndTheProbesAreOpen()
    {
        await using var server = await Start(new WebAccess { Token = AccessToken.Read(Write("token", Secret + "\n")) });
        using var client = Client(server);

        Assert.Equal(
            ["/", "/api/v1/openapi.json", "/app.css", "/app.js", "/favicon.svg", "/healthz", "/readyz"],
            await Paths(client, path => path != HttpStatusCode.Unauthorized));
        client.DefaultRequestHeaders.Authorization = new("Bearer", Secret);
        Assert.Empty(await Paths(client, status => status == HttpStatusCode.Unauthorized));
    }

    [Theory]
    [InlineData("Bearer", "0123456789abcdef0123456789abcdee")]
    [InlineData("Bearer", "0123456789abcdef")]
    [InlineData("Bearer", "")]
    [InlineData("Basic", Secret)]
    public async Task AWrongTokenIsRefusedAndToldHow(string scheme, string shown)
    {
        await using var server = await Start(new WebAccess { Token = AccessToken.Read(Write("token", Secret)) });
        using var client = Client(server);
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"{scheme} {shown}");

        var answer = await client.GetAsync("metrics");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer", Assert.Single(answer.Headers.WwwAuthenticate).Scheme);
    }

    [Fact]
    public async Task ATokenInTheAddressIsNotTaken()
    {
        await using var server = await Start(new WebAccess { Token = AccessToken.Read(Write("token", Secret)) });
        using var client = Client(server);

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("api/v1/status?token=" + Secret)).StatusCode);
    }

    [Theory]
    [InlineData(Secret, UnixFileMode.GroupRead, "chmod 600")]
    [InlineData(Secret, UnixFileMode.OtherRead, "chmod 600")]
    [InlineData("short", UnixFileMode.None, "32 to 1024")]
    [InlineData("0123456789abcdef 123456789abcdef 123456789abcdef", UnixFileMode.None, "letters and digits")]
    public void ATokenFileThatIsNotSafeIsRefusedWithTheReason(string content, UnixFileMode others, string reason)
    {
        var path = Write("token", content, Ours | others);

        var refusal = Assert.Throws<IOException>(() => WebAccess.Load(path, null, null, []));

        Assert.StartsWith(path + ": ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALinkIsNoTokenFile()
    {
        var link = Path.Combine(_folder.FullName, "link");
        File.CreateSymbolicLink(link, Write("token", Secret));

        Assert.Contains("symbolic link", Assert.Throws<IOException>(() => AccessToken.Read(link)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithACertificateItSpeaksTlsAndNothingElse()
    {
        var (certificate, key) = WriteCertificate();
        await using var server = await Start(WebAccess.Load(null, certificate, key, []));
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown!.Subject == "CN=rheo.example" };
        using var client = new HttpClient(handler) { BaseAddress = new Uri($"https://{server.Address}/") };

        var answer = await client.GetAsync("api/v1/status");

        Assert.Equal("https", server.Scheme);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Strict-Transport-Security")); // which would hold for every port of this machine
        using var plain = Client(server);
        await Assert.ThrowsAsync<HttpRequestException>(() => plain.GetAsync("api/v1/status"));
    }

    [Fact]
    public async Task OldVersionsOfTlsAreRefused()
    {
        var (certificate, key) = WriteCertificate();
        await using var server = await Start(WebAccess.Load(null, certificate, key, []));
        using var socket = new TcpClient();
        await socket.ConnectAsync(server.Address);
        await using var tls = new SslStream(socket.GetStream(), false, (_, _, _, _) => true);

#pragma warning disable SYSLIB0039, CA5397 // that these are refused is what is tested
        await Assert.ThrowsAnyAsync<Exception>(() => tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = "rheo.example", EnabledSslProtocols = SslProtocols.Tls11 }));
#pragma warning restore SYSLIB0039, CA5397
    }

    [Fact]
    public void AKeyOfAnotherCertificateIsRefused()
    {
        var (certificate, _) = WriteCertificate();
        using var other = RSA.Create(2048);
        var key = Write("other.pem", other.ExportPkcs8PrivateKeyPem());

        Assert.Contains("is not the key of", Assert.Throws<IOException>(() => WebAccess.Load(null, certificate, key, [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AKeyThatOthersCanReadIsRefused()
    {
        var (certificate, key) = WriteCertificate();
        File.SetUnixFileMode(key, Ours | UnixFileMode.GroupRead);

        Assert.Contains("chmod 600", Assert.Throws<IOException>(() => WebAccess.Load(null, certificate, key, [])).Message, StringComparison.Ordinal);
    }

    private static Task<WebServer> Start(WebAccess access) => WebServer.Start(new IPEndPoint(IPAddress.Loopback, 0), SomeContent.Of(), access);

    private static HttpClient Client(WebServer server) => new() { BaseAddress = new Uri($"http://{server.Address}/") };

    private static async Task<List<string>> Paths(HttpClient client, Predicate<HttpStatusCode> fits)
    {
        var found = new List<string>();
        foreach (var path in Router.Paths.Order(StringComparer.Ordinal))
        {
            if (fits((await client.GetAsync(path)).StatusCode))
                found.Add(path);
        }

        return found;
    }

    private (string Certificate, string Key) WriteCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=rheo.example", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return (Write("cert.pem", certificate.ExportCertificatePem()), Write("key.pem", key.ExportPkcs8PrivateKeyPem()));
    }

    private string Write(string name, string content, UnixFileMode mode = Ours)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, content);
        File.SetUnixFileMode(path, mode);
        return path;
    }
}
