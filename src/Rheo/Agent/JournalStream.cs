using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using Rheo.Journal;

namespace Rheo.Agent;

/// <summary>
/// The frames of a running agent's journal, taken from its socket by a thread of their own and kept until they are played: 256 of them, then
/// the agent waits. Threads: one takes; <see cref="Wake"/> from any.
/// </summary>
internal sealed class JournalStream : IDisposable
{
    private const string Path = "/api/v1/stream?interval_ms=";

    /// <summary>A scan comes each second at least, and each is told.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(10);

    /// <summary>Well below that, and no more than an agent grants.</summary>
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(5);

    private readonly string _socket;
    private readonly AgentConnection _connection;
    private readonly BlockingCollection<byte[]> _frames = new(256);
    private readonly Thread _reader;
    private volatile string? _broken;
    private volatile bool _isDisposed;

    private JournalStream(string socket, AgentConnection connection, JournalHello hello)
    {
        (_socket, _connection, Hello) = (socket, connection, hello);
        _reader = new Thread(Read) { Name = "agent", IsBackground = true };
    }

    /// <summary>What the agent says of itself before the first frame.</summary>
    internal JournalHello Hello { get; }

    /// <summary>Why no more frames come; null as long as they may.</summary>
    internal string? Broken => _broken;

    /// <summary>Connects, and reads who speaks. Nothing more is read before <see cref="Begin"/>.</summary>
    /// <param name="socket">The agent's socket.</param>
    /// <param name="interval">How often news is wanted, at least; it comes each five seconds where that is less often.</param>
    /// <exception cref="AgentException">There is no agent, or it refuses.</exception>
    /// <exception cref="IOException">It broke off.</exception>
    /// <exception cref="InvalidDataException">What it says is no greeting.</exception>
    internal static JournalStream Open(string socket, TimeSpan interval)
    {
        var asked = interval < LongestInterval ? interval : LongestInterval;
        var connection = AgentConnection.Get(socket, Path + ((int)asked.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));
        try
        {
            return new JournalStream(socket, connection, JournalHello.Parse(ReadFrame(connection) ?? throw new InvalidDataException("it ended at once")));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Begins to read frames.</summary>
    internal void Begin() => _reader.Start();

    /// <summary>The next frame, or an empty one after a <see cref="Wake"/>; false when the time is up before.</summary>
    internal bool TryTake(out byte[] frame, TimeSpan wait) => _frames.TryTake(out frame!, wait);

    /// <summary>Ends a wait.</summary>
    internal void Wake()
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

    /// <summary>It is said to be broken for this reason, unless one is known already.</summary>
    internal void Break(string reason) => _broken ??= reason;

    /// <summary>Hangs up.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _connection.Dispose();
        while (_reader.IsAlive && !_reader.Join(10))
            _frames.TryTake(out _);
        _frames.Dispose();
    }

    private void Read()
    {
        try
        {
            _connection.Timeout = LongestSilence;
            while (ReadFrame(_connection) is { } frame)
                _frames.Add(frame);
            Break($"the agent at {_socket} broke off");
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or InvalidDataException)
        {
            if (!_isDisposed)
                Break(failure.Message);
        }
    }

    private static byte[]? ReadFrame(AgentConnection connection)
    {
        Span<byte> head = stackalloc byte[sizeof(uint)];
        if (!connection.TryFill(head))
            return null;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(head);
        if (length > FrameReader.Longest)
            throw new InvalidDataException($"a frame of {length} bytes");
        var frame = new byte[length];
        return connection.TryFill(frame) || length == 0 ? frame : throw new EndOfStreamException("a frame is cut");
    }
}
