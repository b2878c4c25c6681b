using System.Collections.Concurrent;
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
    private const string StreamPath = "/api/v1/stream?interval_ms=";
    private const string ScanPath = "/api/v1/scan";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly string _path;
    private readonly AgentConnection _connection;
    private readonly JournalHello _hello;
    private readonly JournalPlayer _player;
    private readonly BlockingCollection<byte[]> _frames = new(256);
    private readonly Thread _reader;
    private readonly List<string> _warnings;
    private volatile string? _broken;
    private string? _nonsense;
    private int _played;
    private volatile bool _isDisposed;

    private RemoteSource(string path, AgentConnection connection, JournalHello hello, TrafficSourceOptions options)
    {
        var patterns = new NamePatterns(options.Interfaces, options.Exclude);
        _path = path;
        _connection = connection;
        _hello = hello;
        Conversations = new ConversationTable(options.Table, options.Ended);
        _player = new JournalPlayer(Conversations, Interfaces, patterns.Wants);
        foreach (var (index, name) in hello.Names)
            _player.Name(index, name);
        Attached = [.. hello.Attached.Where(line => patterns.Wants(line.Split(' ')[0]))];
        _warnings = [.. hello.Warnings];
        _reader = new Thread(ReadFrames) { Name = "agent", IsBackground = true };
        _reader.Start();
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
    public string? Ended => _player.Ended is { } told ? $"{told} ({_path})" : _nonsense ?? _broken;

    /// <inheritdoc/>
    public string Through => $" through the agent (process {_hello.Process})";

    /// <summary>Connects, and waits for the first scan.</summary>
    /// <exception cref="AgentException">There is no agent, or none that can be used for this.</exception>
    /// <exception cref="UnknownInterfaceException">An interface asked for by name is not there.</exception>
    public static RemoteSource Open(string path, TrafficSourceOptions options)
    {
        if (SocketPath.Distrust(path) is { } distrust)
            throw new AgentException(distrust, isQuiet: false);
        var interval = ((int)options.ScanInterval.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        var connection = AgentConnection.Get(path, StreamPath + interval);
        try
        {
            var hello = JournalHello.Parse(ReadFrame(connection) ?? throw new InvalidDataException("it ended at once"));
            AgentFit.Check(path, hello, options);
            var source = new RemoteSource(path, connection, hello, options);
            source.Await(() => source.ScannedNs > 0);
            if (source.ScannedNs > 0)
                return source;
            using (source)
                throw new AgentException(source.Ended!, isQuiet: false);
        }
        catch (Exception failure) when (failure is (IOException and not AgentException) or InvalidDataException)
        {
            connection.Dispose();
            throw new AgentException($"what serves {path} is no agent of this version: {failure.Message}", isQuiet: false, failure);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Poll(TimeSpan wait)
    {
        if (!_frames.TryTake(out var frame, wait))
            return;
        do
            Play(frame);
        while (_frames.TryTake(out frame));
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
            _broken ??= failure.Message;
        }
    }

    /// <inheritdoc/>
    public void Wake()
    {
        try
        {
            _frames.TryAdd([]);
        }
        catch (ObjectDisposedException)
        {
            // A key pressed while the command ends.
        }
    }

    /// <inheritdoc/>
    public string InterfaceName(int interfaceIndex) => _player.InterfaceName(interfaceIndex);

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        _connection.Dispose();
        while (!_reader.Join(10))
            _frames.TryTake(out _);
        _frames.Dispose();
    }

    private void Await(Func<bool> isReached)
    {
        for (var end = DateTime.UtcNow + Patience; !isReached() && Ended is null; Poll(TimeSpan.FromMilliseconds(50)))
        {
            if (DateTime.UtcNow > end)
                _broken ??= $"the agent at {_path} does not answer";
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

    private void ReadFrames()
    {
        try
        {
            _connection.Timeout = Patience * 2;
            while (ReadFrame(_connection) is { } frame)
                _frames.Add(frame);
            _broken ??= _player.Ended is null ? $"the agent at {_path} broke off" : null;
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or InvalidDataException)
        {
            if (!_isDisposed)
                _broken ??= failure.Message;
        }
    }

    private static byte[]? ReadFrame(AgentConnection connection)
    {
        Span<byte> head = stackalloc byte[sizeof(uint)];
        if (!connection.TryFill(head))
            return null;
        var length = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(head);
        if (length > FrameReader.Longest)
            throw new InvalidDataException($"a frame of {length} bytes");
        var frame = new byte[length];
        return connection.TryFill(frame) || length == 0 ? frame : throw new EndOfStreamException("a frame is cut");
    }
}
