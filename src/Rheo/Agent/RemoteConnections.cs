using System.Globalization;
using System.Text.Json;
using Rheo.Model.Connections;
using Rheo.Sinks;

namespace Rheo.Agent;

/// <summary>A running agent's connections: what its API tells, read back. It chooses and sorts; this end only prints.</summary>
internal sealed class RemoteConnections : IConnectionSource
{
    /// <summary>The one key of a stream's last line, which says why it ends.</summary>
    public const string EndKey = "stream_ended";

    private const string ScanPath = "/api/v1/scan";
    private const int GreatestLimit = 10_000;

    private readonly string _path;
    private readonly ConnectionQuestion _question;
    private readonly ConnectionList _before;
    private AgentConnection? _stream;
    private AgentLines? _lines;
    private Action<Connection> _told = _ => { };

    private RemoteConnections(string path, ConnectionQuestion question)
    {
        (_path, _question) = (path, question);
        _before = Ask(limit: 1);
        // What was over before is no news: by the agent's own clock.
        _question = question with { Choice = question.Choice with { SinceNs = _before.TimeNs } };
        if (_before.Matched > GreatestLimit && question.Limit > GreatestLimit)
            throw new AgentException($"the agent at {path} tells {GreatestLimit} connections at most, and {_before.Matched} fit", isQuiet: false);
    }

    /// <inheritdoc/>
    public string Through => $" through the agent at {_path}";

    /// <inheritdoc/>
    public string? Ended { get; private set; }

    /// <summary>Connects, and sees that the agent has the answer.</summary>
    /// <param name="path">The agent's socket.</param>
    /// <param name="question">What is asked for.</param>
    /// <param name="told">Is told what opens and ends; null: nobody follows.</param>
    /// <exception cref="AgentException">There is no agent, or none that has the answer.</exception>
    public static RemoteConnections Open(string path, ConnectionQuestion question, Action<Connection>? told)
    {
        var source = new RemoteConnections(AgentStatus.Ask(path).Path, question);
        if (told is not null)
            source.Follow(told);
        return source;
    }

    /// <inheritdoc/>
    public void Poll()
    {
        try
        {
            while (Ended is null && _lines is not null && _lines.TryTake(out var line))
                Tell(line);
            if (_lines is { IsOver: true })
                Ended ??= $"the agent at {_path} broke off";
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or JsonException)
        {
            Ended ??= failure.Message;
        }
    }

    /// <inheritdoc/>
    public ConnectionList Read()
    {
        var now = Ask(Math.Min(_question.Limit, GreatestLimit));
        return now with { Totals = now.Totals.Since(_before.Totals) };
    }

    /// <inheritdoc/>
    public void Dispose() => _stream?.Dispose();

    private void Follow(Action<Connection> told)
    {
        _told = told;
        _stream = AgentConnection.Get(_path, "/api/v1/connections/stream?" + Query(GreatestLimit));
        _lines = new AgentLines(_stream);
    }

    private void Tell(ReadOnlyMemory<byte> line)
    {
        using var json = JsonDocument.Parse(line);
        if (json.RootElement.TryGetProperty(EndKey, out var reason))
            Ended = $"{Text.Printable(reason.GetString() ?? "")} ({_path})";
        else
            _told(ConnectionParser.ReadConnection(json.RootElement));
    }

    // A scan first: what happened until now is told.
    private ConnectionList Ask(int limit)
    {
        using (var scan = AgentConnection.Get(_path, ScanPath))
            scan.ReadText();
        return AgentAnswer.Read(_path, "/api/v1/connections?" + Query(limit), Parse);
    }

    private ConnectionList Parse(JsonElement answer) => ConnectionParser.ReadList(answer)
        ?? throw new AgentException($"the agent at {_path} does not watch connections and whose they are", isQuiet: false);

    // The words of the API; what is not asked for is left out.
    private string Query(int limit)
    {
        var choice = _question.Choice;
        var words = new List<string> { string.Create(CultureInfo.InvariantCulture, $"limit={limit}"), $"sort={ConnectionWords.Of(_question.Order)}" };
        Add("filter", choice.Filter.Text);
        Add("state", choice.State is { } state ? ConnectionWords.Of(state) : "");
        Add("pid", choice.Pid?.ToString(CultureInfo.InvariantCulture) ?? "");
        Add("container", choice.Container ?? "");
        Add("slow", choice.Slow is { } slow ? slow.TotalMicroseconds.ToString("0.#", CultureInfo.InvariantCulture) + "us" : "");
        Add("retransmitting", choice.Retransmitting ? "true" : "");
        Add("all", choice.All ? "true" : "");
        Add("since", choice.SinceNs > 0 ? Rfc3339.Format(choice.SinceNs) : "");
        Add("listening", _question.Listening ? "true" : "");
        return string.Join('&', words);

        void Add(string name, string value)
        {
            if (value.Length > 0)
                words.Add($"{name}={Uri.EscapeDataString(value)}");
        }
    }
}
