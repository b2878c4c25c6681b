using System.Globalization;
using Rheo.Capture;
using Rheo.Journal;
using Rheo.Model;

namespace Rheo.Agent;

/// <summary>
/// A running agent's capture as a traffic source: its journal, from the moment of opening on, played into a table of our own.
/// What a command counts is what flowed while it watched, as if it had attached programs itself.
/// </summary>
internal sealed class RemoteSource : ITrafficSource
{
    private const string ScanPath = "/api/v1/scan";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly string _path;
    private readonly JournalStream _stream;
    private readonly JournalPlayer _player;
    private readonly List<string> _warnings;
    private string? _nonsense;
    private int _played;

    private RemoteSource(string path, JournalStream stream, TrafficSourceOptions options)
    {
        var (patterns, hello) = (new NamePatterns(options.Interfaces, options.Exclude), stream.Hello);
        (_path, _stream) = (path, stream);
        Conversations = new ConversationTable(options.Table, options.Ended);
        _player = new JournalPlayer(Conversations, Interfaces, patterns.Wants);
        foreach (var (index, name) in hello.Names)
            _player.Name(index, name);
        Attached = [.. hello.Attached.Where(line => patterns.Wants(line.Split(' ')[0]))];
        _warnings = [.. hello.Warnings];
        stream.Begin();
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Attached { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <inheritdoc/>
    public ConversationTable Conversations { get; }

    /// <inheritdoc/>
    public InterfaceTotals Interfaces { get; } = new();

    /// <inheritdoc/>
    public Ledger Ledger => _player.Ledger;

    /// <inheritdoc/>
    public long ScannedNs => _player.ScannedNs;

    /// <inheritdoc/>
    public string? Ended => _player.Ended is { } told ? $"{told} ({_path})" : _nonsense ?? _stream.Broken;

    /// <inheritdoc/>
    public string Through => $" through the agent (process {_stream.Hello.Process})";

    /// <summary>Connects, and waits for the first scan.</summary>
    /// <exception cref="AgentException">There is no agent, or none that can be used for this.</exception>
    /// <exception cref="UnknownInterfaceException">An interface asked for by name is not there.</exception>
    public static RemoteSource Open(string path, TrafficSourceOptions options)
    {
        if (SocketPath.Distrust(path) is { } distrust)
            throw new AgentException(distrust, isQuiet: false);
        JournalStream? stream = null;
        try
        {
            stream = JournalStream.Open(path, options.ScanInterval);
            AgentFit.Check(path, stream.Hello, options);
            var source = new RemoteSource(path, stream, options);
            source.Await(() => source.ScannedNs > 0);
            return source.ScannedNs > 0 ? source : throw new AgentException(source.Ended!, isQuiet: false);
        }
        catch (Exception failure) when (failure is (IOException and not AgentException) or InvalidDataException)
        {
            stream?.Dispose();
            throw new AgentException($"what serves {path} is no agent of this version: {failure.Message}", isQuiet: false, failure);
        }
        catch
        {
            stream?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Poll(TimeSpan wait)
    {
        if (!_stream.TryTake(out var frame, wait))
            return;
        do
            Play(frame);
        while (_stream.TryTake(out frame, TimeSpan.Zero));
    }

    /// <inheritdoc/>
    public void Scan()
    {
        Poll(TimeSpan.Zero); // what has come is played, even if nothing follows
        if (Ended is not null)
            return;
        try
        {
            using var request = AgentConnection.Get(_path, ScanPath);
            if (ulong.TryParse(request.ReadText(), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                Await(() => _player.Scans >= number);
        }
        catch (IOException failure)
        {
            _stream.Break(failure.Message);
        }
    }

    /// <inheritdoc/>
    public void Wake() => _stream.Wake();

    /// <inheritdoc/>
    public string InterfaceName(int interfaceIndex) => _player.InterfaceName(interfaceIndex);

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private void Await(Func<bool> isReached)
    {
        for (var end = DateTime.UtcNow + Patience; !isReached() && Ended is null; Poll(TimeSpan.FromMilliseconds(50)))
        {
            if (DateTime.UtcNow > end)
                _stream.Break($"the agent at {_path} does not answer");
        }

        Poll(TimeSpan.Zero); // what came before it broke off counts
    }

    private void Play(byte[] frame)
    {
        try
        {
            if (_nonsense is null)
                _player.Play(frame);
        }
        catch (InvalidDataException wrong)
        {
            _nonsense = $"the agent at {_path} sent what cannot be understood: {wrong.Message}";
        }

        for (; _played < _player.Warnings.Count; _played++)
            _warnings.Add(_player.Warnings[_played]);
    }
}
