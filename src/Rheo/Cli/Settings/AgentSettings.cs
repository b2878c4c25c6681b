using System.Net;
using Rheo.Model;
using Rheo.Model.Connections;

namespace Rheo.Cli.Settings;

/// <summary>Everything that can be set about <c>rheo agent</c>. Flags, variables, file, schema and documents are made from this.</summary>
public static class AgentSettings
{
    /// <summary>Where HTTP is served.</summary>
    public static readonly Setting<IPEndPoint> Listen = new("listen", "127.0.0.1:9460", ListenAddress.TryParse)
    {
        Doc = "Serve HTTP here; off the loopback only with --tls-cert and --token-file",
        HelpName = "ADDRESS:PORT",
    };

    /// <summary>The certificate that the server shows.</summary>
    public static readonly Setting<string> TlsCert = new("tls_cert", SettingWords.FilePath)
    {
        Doc = "Serve HTTPS with this certificate (PEM, with those that sign it after it)",
        HelpName = "FILE",
    };

    /// <summary>Its key.</summary>
    public static readonly Setting<string> TlsKey = new("tls_key", SettingWords.FilePath)
    {
        Doc = "The certificate's key (PEM; mode 0600)",
        HelpName = "FILE",
    };

    /// <summary>The token that clients show.</summary>
    public static readonly Setting<string> TokenFile = new("token_file", SettingWords.FilePath)
    {
        Doc = "Ask every client for the token in this file (mode 0600): Authorization: Bearer TOKEN",
        HelpName = "FILE",
    };

    /// <summary>Further names of the server.</summary>
    public static readonly ListSetting Host = new("host", SettingWords.HostName)
    {
        Doc = "Answer requests for this host name too, beside localhost; repeatable",
        HelpName = "NAME",
    };

    /// <summary>Where the commands of this machine find the agent.</summary>
    public static readonly Setting<string> Socket = new("socket", "auto", SettingWords.SocketPath)
    {
        Doc = "Serve commands on this Unix socket: auto ($RUNTIME_DIRECTORY/rheo.sock, else /run/rheo/rheo.sock), none, or a path",
        HelpName = "PATH",
    };

    /// <summary>The interfaces to watch.</summary>
    public static readonly ListSetting Interface = new("interface", SettingWords.InterfacePattern)
    {
        Doc = "Watch these interfaces only; shell patterns, repeatable (default: all)",
        HelpName = "GLOB",
        Alias = "-i",
        IsReloadable = true,
    };

    /// <summary>The interfaces to leave alone.</summary>
    public static readonly ListSetting Exclude = new("exclude", SettingWords.InterfacePattern)
    {
        Doc = "Leave these interfaces alone, even those named by --interface; shell patterns, repeatable",
        HelpName = "GLOB",
        IsReloadable = true,
    };

    /// <summary>The parts to do without.</summary>
    public static readonly ListSetting Without = new("without", SettingWords.OneOf(OptionalParts.All))
    {
        Doc = $"Do without this part, and its kernel object: {string.Join(", ", OptionalParts.All)}; repeatable",
        HelpName = "PART",
        Shape = SettingShape.Text with { Words = OptionalParts.All },
    };

    /// <summary>How many conversations are remembered at most.</summary>
    public static readonly Setting<int> MaxConversations = new(
        "max_conversations", "131072", SettingWords.Number(1, ConversationTableOptions.MaxConversationsLimit))
    {
        Doc = "Remember at most so many conversations",
        HelpName = "N",
        Shape = SettingShape.Number(1, ConversationTableOptions.MaxConversationsLimit),
    };

    /// <summary>How many connections are remembered at most.</summary>
    public static readonly Setting<int> MaxConnections = new("max_connections", "131072", SettingWords.Number(1, ConnectionTableOptions.MaxConnectionsLimit))
    {
        Doc = "Remember at most so many TCP connections that live, 0.6 KB each; more are counted, and not shown",
        HelpName = "N",
        Shape = SettingShape.Number(1, ConnectionTableOptions.MaxConnectionsLimit),
    };

    /// <summary>How often the kernel's table is read.</summary>
    public static readonly Setting<TimeSpan> ScanInterval = new(
        "scan_interval", "500ms", SettingWords.Time(TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1)))
    {
        Doc = "Read the kernel's flow table this often, 50ms to 60s",
        HelpName = "TIME",
        Shape = SettingShape.Text with { Pattern = @"^[0-9.]+(us|ms|s|m|h|d)?$" },
    };

    /// <summary>How large the kernel's table is.</summary>
    public static readonly Setting<int> TableEntries = new("table_entries", "16384", SettingWords.Number(32, 1 << 20))
    {
        Doc = "Flows that the kernel's table holds, a CPU; 64 bytes each, rounded up to a power of two",
        HelpName = "N",
        Shape = SettingShape.Number(32, 1 << 20),
    };

    /// <summary>How often the programs' cost is sampled.</summary>
    public static readonly Setting<TimeSpan> SampleInterval = new("sample_interval", "off", SettingWords.TimeOrOff(TimeSpan.FromSeconds(2), TimeSpan.FromDays(1)))
    {
        Doc = "Measure what the flow programs cost this often, for a second each: 2s to 24h, such as 5m; or off. Needs CAP_SYS_ADMIN, which the warden keeps only then",
        HelpName = "TIME",
        Shape = SettingShape.Text with { Pattern = @"^([0-9.]+(us|ms|s|m|h|d)?|off)$" },
    };

    /// <summary>Who reads and serves.</summary>
    public static readonly Setting<string> User = new("user", SettingWords.UserName)
    {
        Doc = "Run the core, which reads and serves, as this user, by name or number (default: rheo if there is one, else a number of its own)",
        HelpName = "NAME",
    };

    /// <summary>All of them, in the order in which they are shown.</summary>
    public static IReadOnlyList<Setting> All { get; } =
        [Listen, Socket, TlsCert, TlsKey, TokenFile, Host, Interface, Exclude, Without, MaxConversations, MaxConnections, ScanInterval, TableEntries, SampleInterval, User];

    /// <summary>The setting of a key; null when there is none.</summary>
    public static Setting? Find(string name) => All.FirstOrDefault(setting => setting.Name == name);
}
