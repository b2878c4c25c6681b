using Rheo.KernelTests.EndToEnd;
using Rheo.KernelTests.Links;
using Xunit;

namespace Rheo.KernelTests.Page;

/// <summary>The page of an agent with TLS and a token, in a real Chromium: nothing is shown before the token, and then everything.</summary>
public sealed class LockedPageTests : IDisposable
{
    private const string Address = "https://127.0.0.1:9460/";
    private const string Token = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
    private const string Rows = "document.querySelectorAll('.rows .row').length";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rheo-t-locked-");

    [RootFact]
    public void TheTokenOpensThePageForThisTabAndStandsInNoAddress()
    {
        using var space = TestNamespace.Create();
        using var agent = RheoProcess.Start(space, "agent", "--tls-cert", Certificate(), "--tls-key", InFolder("key.pem"), "--token-file", TokenFile());
        agent.AwaitMessage("serving https://");
        using var browser = Browser.Start(space);
        browser.TrustAnyCertificate();

        browser.Open(Address);
        browser.Await("document.querySelector('dialog.login')?.open");
        Assert.Equal("0", browser.Text(Rows));
        Assert.Equal(401, browser.Evaluate("fetch('/api/v1/flows').then(answer => answer.status)").GetValue<int>());
        Enter(browser, "not the token");
        browser.Await("document.querySelector('.login [role=alert]').innerText.includes('not the token')");

        Enter(browser, "a token that was copied with “quotes”");
        browser.Await("document.querySelector('dialog.login')?.open && document.querySelector('.login [role=alert]').innerText.includes('not the token')");
        browser.Press("Escape");
        browser.Press("Escape");
        browser.Await("document.querySelector('dialog.login')?.open");

        Enter(browser, Token);
        browser.Await($"!document.querySelector('dialog.login') && {Rows} > 0");
        browser.Forget(); // the refusals above
        browser.Open(Address + "?sort=bytes");
        browser.Await($"{Rows} > 0");
        Assert.DoesNotContain(Token, browser.Text("location.href + document.cookie + JSON.stringify(localStorage)"), StringComparison.Ordinal);
        Assert.Empty(browser.Complaints);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static void Enter(Browser browser, string token)
    {
        browser.Evaluate("document.querySelector('dialog.login input').focus(), document.querySelector('dialog.login input').select()");
        browser.Type(token);
        browser.Await($"document.querySelector('dialog.login input').value === {Browser.Quote(token)}");
        browser.Press("Enter");
    }

    // All in a folder that is root's alone: the core reaches none of it, and is handed certificate, key and token.
    private string Certificate()
    {
        Shell.Run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
            "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", InFolder("key.pem"), "-out", InFolder("cert.pem"));
        foreach (var name in (string[])["key.pem", "cert.pem"])
            File.SetUnixFileMode(InFolder(name), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return InFolder("cert.pem");
    }

    private string TokenFile()
    {
        File.WriteAllText(InFolder("token"), Token + "\n");
        File.SetUnixFileMode(InFolder("token"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return InFolder("token");
    }

    private string InFolder(string name) => Path.Combine(_folder.FullName, name);
}
