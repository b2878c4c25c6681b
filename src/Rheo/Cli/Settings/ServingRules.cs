using System.Net;

namespace Rheo.Cli.Settings;

/// <summary>What must hold between the settings of the server: nobody else's machine may ask without TLS and a token.</summary>
internal static class ServingRules
{
    /// <summary>What is wrong, one line each with its place.</summary>
    public static IEnumerable<string> Complaints(SettingValues values)
    {
        if (!IPAddress.IsLoopback(values.Get(AgentSettings.Listen).Address) && !(IsSet(values, AgentSettings.TlsCert) && IsSet(values, AgentSettings.TokenFile)))
        {
            yield return $"{Place(values, AgentSettings.Listen)} '{values[AgentSettings.Listen].Text}' is not a loopback address, and others "
                + "may ask only over TLS and with a token: give tls_cert, tls_key and token_file; or serve 127.0.0.1 and forward the port (ssh -L)";
        }

        if (IsSet(values, AgentSettings.TlsCert) && !IsSet(values, AgentSettings.TlsKey))
            yield return $"{Place(values, AgentSettings.TlsCert)} needs tls_key, the file with its key";
        if (IsSet(values, AgentSettings.TlsKey) && !IsSet(values, AgentSettings.TlsCert))
            yield return $"{Place(values, AgentSettings.TlsKey)} needs tls_cert, the file with its certificate";
    }

    private static bool IsSet(SettingValues values, Setting setting) => values[setting].Words.Count > 0;

    private static string Place(SettingValues values, Setting setting) =>
        values[setting].Origin is { Kind: OriginKind.File } place ? $"{place}: {setting.Name}:" : $"{values[setting].Origin}:";
}
