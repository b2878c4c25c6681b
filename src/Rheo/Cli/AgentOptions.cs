using System.Net;
using System.Text.Json.Serialization;
using Rheo.Cli.Settings;
using Rheo.Model;
using Rheo.Model.Connections;

namespace Rheo.Cli;

/// <summary>What <c>rheo agent</c> was asked to do.</summary>
public sealed record AgentOptions
{
    /// <summary>Where HTTP is served; a loopback address, unless there are a certificate and a token.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, DefaultPort);

    /// <summary>PEM file with the server's certificate; null: no TLS.</summary>
    public string? TlsCert { get; init; }

    /// <summary>PEM file with its key.</summary>
    public string? TlsKey { get; init; }

    /// <summary>File with the token that every client must show; null: none is asked for.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Host names under which the server may be asked, beside the loopback's.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Where commands find it: a path, <c>auto</c> for the usual place, or <c>none</c>.</summary>
    public string Socket { get; init; } = "auto";

    /// <summary>Patterns of the interfaces to watch; none: all.</summary>
    public IReadOnlyList<string> Interfaces { get; init; } = [];

    /// <summary>Patterns of the interfaces to leave alone.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Optional kernel objects to leave out, of <see cref="OptionalParts"/>.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];

    /// <summary>Conversations remembered at most.</summary>
    public int MaxConversations { get; init; } = new ConversationTableOptions().MaxConversations;

    /// <summary>TCP connections remembered at most.</summary>
    public int MaxConnections { get; init; } = new ConnectionTableOptions().MaxConnections;

    /// <summary>How often the kernel's flow table is read. Who talks to whom is to show within a second of the start.</summary>
    public TimeSpan ScanInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Flows that the kernel's table holds, a CPU; 0: as the capture sees fit.</summary>
    public int TableEntries { get; init; }

    /// <summary>The warden keeps CAP_SYS_ADMIN, since somebody asked for what needs it.</summary>
    public bool KeepsSysAdmin { get; init; }

    /// <summary>Where all this was read from, to be read again on SIGHUP; null when it came from nowhere that can change.</summary>
    [JsonIgnore]
    public SettingSources? Sources { get; init; }

    /// <summary>The settings as they were read; null without <see cref="Sources"/>.</summary>
    [JsonIgnore]
    public SettingValues? Values { get; init; }

    /// <summary>From one sample of the programs' cost to the next; zero: none.</summary>
    public TimeSpan SampleInterval { get; init; }

    /// <summary>The user that the part without rights runs as, by name or number; null: <c>rheo</c> if there is one, else a number of its own.</summary>
    public string? User { get; init; }

    /// <summary>Reads the sources again. What is wrong with them changes nothing.</summary>
    /// <param name="say">What a person is told, line by line.</param>
    /// <returns>The options that hold from now on.</returns>
    public AgentOptions Reread(Action<string> say)
    {
        if (Sources is null || Values is null)
            return this;
        try
        {
            var changes = SettingChanges.Between(Values, Sources.Read(out var warnings));
            foreach (var line in warnings.Select(warning => "warning: " + warning).Concat(changes.Lines.Select(line => "reloaded: " + line)))
                say(line);
            return From(changes.Values) with { Sources = Sources };
        }
        catch (SettingsException wrong)
        {
            foreach (var problem in wrong.Problems)
                say("not reloaded: " + problem);
            return this;
        }
    }

    /// <summary>The port served when nothing is said.</summary>
    public const int DefaultPort = 9460;

    /// <summary>The options that these settings ask for.</summary>
    public static AgentOptions From(SettingValues values) => new()
    {
        Listen = values.Get(AgentSettings.Listen),
        TlsCert = values.Get(AgentSettings.TlsCert),
        TlsKey = values.Get(AgentSettings.TlsKey),
        TokenFile = values.Get(AgentSettings.TokenFile),
        Hosts = values.Get(AgentSettings.Host),
        Socket = values.Get(AgentSettings.Socket),
        Interfaces = values.Get(AgentSettings.Interface),
        Exclude = values.Get(AgentSettings.Exclude),
        Without = values.Get(AgentSettings.Without),
        MaxConversations = values.Get(AgentSettings.MaxConversations),
        MaxConnections = values.Get(AgentSettings.MaxConnections),
        ScanInterval = values.Get(AgentSettings.ScanInterval),
        TableEntries = values.Get(AgentSettings.TableEntries),
        SampleInterval = values.Get(AgentSettings.SampleInterval),
        User = values.Get(AgentSettings.User),
        KeepsSysAdmin = values.Get(AgentSettings.SampleInterval) > TimeSpan.Zero,
        Values = values,
    };
}
