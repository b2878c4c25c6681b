using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using Rheo.Capture;
using Rheo.Model.Connections;
using Rheo.Model.Owners;
using Rheo.Sinks;

namespace Rheo.Agent;

/// <summary>
/// Tells other processes which connections open and end, as JSON, one a line. A reader that does not keep up is dropped and counted.
/// Threads: <see cref="Follow"/>, <see cref="Readers"/> and <see cref="Dropped"/> from any; the rest belongs to the polling thread.
/// </summary>
internal sealed class ConnectionRelay
{
    private const int MostReaders = 8;

    /// <summary>2 MB a reader: some 1,500 lines, more than a pipe takes a second.</summary>
    private const long MostWaiting = 2 * 1024 * 1024;

    /// <summary>What opens is read so often while somebody follows.</summary>
    private static readonly TimeSpan OftenEnough = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentQueue<(ConnectionChoice Choice, TaskCompletionSource<ReaderQueue?> Answer)> _requests = new();
    private readonly List<(ConnectionChoice Choice, ReaderQueue Queue)> _readers = [];
    private readonly ArrayBufferWriter<byte> _line = new(2048);
    private ISocketOwners? _owners;
    private volatile Action? _wake;
    private volatile bool _closed;
    private int _count;
    private long _dropped;

    /// <summary>Readers now.</summary>
    public int Readers => Volatile.Read(ref _count);

    /// <summary>Readers that were dropped because they did not keep up.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Begins to follow. Null when there are too many readers, connections are not watched, or the capture has ended.</summary>
    public Task<ReaderQueue?> Follow(ConnectionChoice choice)
    {
        var answer = new TaskCompletionSource<ReaderQueue?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _requests.Enqueue((choice, answer));
        if (_closed)
            RefuseAll();
        _wake?.Invoke();
        return answer.Task;
    }

    /// <summary>From now on this wakes the polling thread.</summary>
    public void WakeBy(Action wake) => _wake = wake;

    /// <summary>How long the polling thread may wait.</summary>
    public TimeSpan Patience(TimeSpan wait) => _readers.Count > 0 && wait > OftenEnough ? OftenEnough : wait;

    /// <summary>Between two rounds: admits who is waiting, lets go who has left.</summary>
    public void Attend(ITrafficSource source)
    {
        if (_requests.IsEmpty && _readers.Count == 0 && _count == 0) // the last one may have been dropped since
            return;
        _readers.RemoveAll(HasLeft);
        if (!_requests.IsEmpty && source.Part<IConnectionTeller>() is { } asked)
        {
            asked.TellsOpened = true;
            source.Scan(); // what is there already is no news; a part that fails at it is let go
        }

        var teller = source.Part<IConnectionTeller>();
        _owners = source.Part<ISocketOwners>();
        while (_requests.TryDequeue(out var request))
            request.Answer.SetResult(teller is not null && _readers.Count < MostReaders ? Admit(request.Choice) : null);
        if (teller is null)
            EndAll("connections are not watched any more");
        Settle(teller);
    }

    /// <summary>The capture ends: readers are told why, and nobody is admitted any more.</summary>
    public void Close(string reason)
    {
        _closed = true;
        EndAll(reason);
        RefuseAll();
    }

    private void EndAll(string reason)
    {
        foreach (var (_, queue) in _readers)
            queue.End(reason);
        _readers.Clear();
    }

    private void RefuseAll()
    {
        while (_requests.TryDequeue(out var request))
            request.Answer.TrySetResult(null);
    }

    private ReaderQueue Admit(ConnectionChoice choice)
    {
        var queue = new ReaderQueue(MostWaiting, End);
        _readers.Add((choice, queue));
        return queue;
    }

    private void Settle(IConnectionTeller? teller)
    {
        Action<Connection>? tell = _readers.Count > 0 ? Tell : null;
        if (teller is not null)
            (teller.Table.Opened, teller.Table.Ended, teller.TellsOpened) = (tell, tell, tell is not null);
        Volatile.Write(ref _count, _readers.Count);
    }

    private bool HasLeft((ConnectionChoice Choice, ReaderQueue Queue) reader)
    {
        if (reader.Queue.IsStalled)
            Interlocked.Increment(ref _dropped);
        return reader.Queue.IsLeft;
    }

    private void Tell(Connection connection)
    {
        connection = connection with { Processes = _owners?.FindByCookie(connection.Figures.Cookie) ?? [] };
        byte[]? line = null;
        for (var at = _readers.Count - 1; at >= 0; at--)
        {
            if (!_readers[at].Choice.Passes(connection) || _readers[at].Queue.TryAdd(line ??= Line(connection)))
                continue;
            _readers[at].Queue.Drop("this reader did not keep up with the connections and was dropped");
            _readers.RemoveAt(at);
            Interlocked.Increment(ref _dropped);
        }
    }

    private byte[] Line(Connection connection)
    {
        _line.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_line))
            ConnectionJson.Write(json, connection);
        _line.Write("\n"u8);
        return _line.WrittenSpan.ToArray();
    }

    private byte[] End(string reason)
    {
        _line.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_line))
        {
            json.WriteStartObject();
            json.WriteString(RemoteConnections.EndKey, reason);
            json.WriteEndObject();
        }

        _line.Write("\n"u8);
        return _line.WrittenSpan.ToArray();
    }
}
