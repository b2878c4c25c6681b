using Rheo.Cli.Settings;
using Xunit;

namespace Rheo.Tests.Cli.Settings;

public sealed class ServingRulesTests
{
    private static readonly (Setting, string) Certificate = (AgentSettings.TlsCert, "c.pem");
    private static readonly (Setting, string) Key = (AgentSettings.TlsKey, "k.pem");
    private static readonly (Setting, string) Token = (AgentSettings.TokenFile, "t");

    [Theory]
    [InlineData("0.0.0.0:9460")]
    [InlineData("[::]:9460")]
    [InlineData("192.0.2.1:9460")]
    public void OffTheLoopbackBothTlsAndATokenAreNeeded(string address)
    {
        (Setting, string) listen = (AgentSettings.Listen, address);
        foreach (var given in new (Setting, string)[][] { [listen], [listen, Certificate, Key], [listen, Token] })
        {
            var complaint = Assert.Single(Complaints(given));
            Assert.StartsWith($"--listen: '{address}' is not a loopback address", complaint, StringComparison.Ordinal);
            Assert.Contains("tls_cert, tls_key and token_file", complaint, StringComparison.Ordinal);
            Assert.Contains("ssh -L", complaint, StringComparison.Ordinal);
        }

        Assert.Empty(Complaints(listen, Certificate, Key, Token));
    }

    [Fact]
    public void ACertificateAndItsKeyComeTogether()
    {
        Assert.Contains("needs tls_key", Assert.Single(Complaints(Certificate)), StringComparison.Ordinal);
        Assert.Contains("needs tls_cert", Assert.Single(Complaints(Key)), StringComparison.Ordinal);
        Assert.Empty(Complaints(Certificate, Key));
    }

    [Fact]
    public void OnTheLoopbackNothingIsNeeded() => Assert.Empty(Complaints((AgentSettings.Listen, "[::1]:9460")));

    private static IReadOnlyList<string> Complaints(params (Setting Setting, string Word)[] given)
    {
        var flags = given.Select(pair => new SettingValue(pair.Setting, [pair.Word], new Origin(OriginKind.Flag, pair.Setting.Flag))).ToArray();
        try
        {
            new SettingSources(flags, new Surroundings(new Dictionary<string, string>())).Read(out _);
            return [];
        }
        catch (SettingsException wrong)
        {
            return wrong.Problems;
        }
    }
}
