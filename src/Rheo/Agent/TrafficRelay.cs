using System.Collections.Concurrent;
using System.Diagnostics;
using Rheo.Journal;

namespace Rheo.Agent;

/// <summary>
/// Lets other processes watch through the running capture: each gets the journal from its arrival on. A reader that does not keep
/// up is dropped and counted; none can hold the capture up. Threads: requests from any; the rest belongs to the polling thread.
/// </summary>
internal sealed class TrafficRelay
{
    /// <summary>Readers at a time: 8, which is more terminals than anybody watches.</summary>
    private const int MostReaders = 8;

    /// <summary>Frames that wait are shared by all readers: this is what slow ones cost at most, not each of them.</summary>
    private const long MostWaiting = 16 * 1024 * 1024;

    private const int MostWarnings = 50;
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentQueue<Request> _requests = new();
    private readonly List<(ReaderQueue Queue, TimeSpan Interval)> _readers = [];
    private readonly Func<JournalHello> _greet;
    private JournalRecorder? _recorder;
    private long _scanned;
    private long _scannedNs;
    private int _warned;
    private volatile Action? _wake;
    private volatile bool _closed;
    private int _count;
    private long _dropped;

    /// <summary>A relay that nobody reads yet.</summary>
    /// <param name="greet">What to say of the capture to a new reader; names are filled in here.</param>
    public TrafficRelay(Func<JournalHello> greet) => _greet = greet;

    /// <summary>Readers now. From any thread.</summary>
    public int Readers => Volatile.Read(ref _count);

    /// <summary>Readers that were dropped because they did not keep up. From any thread.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Begins to read. Null when there are too many readers, or the capture has ended. From any thread.</summary>
    /// <param name="interval">How often news is wanted.</param>
    public Task<ReaderQueue?> Read(TimeSpan interval) => Ask(new Request(interval)).Reader.Task;

    /// <summary>Has everything told that was counted until now. Returns the scan's number; 0 when the capture has ended. From any thread.</summary>
    public Task<ulong> Scan() => Ask(new Request(null)).Scanned.Task;

    /// <summary>From now on this wakes the polling thread.</summary>
    public void WakeBy(Action wake) => _wake = wake;

    /// <summary>How long the polling thread may wait, so that scans come as often as the readers ask.</summary>
    public TimeSpan Patience(TimeSpan wait)
    {
        foreach (var (_, interval) in _readers)
        {
            var left = interval - Stopwatch.GetElapsedTime(_scanned);
            wait = left < wait ? left : wait;
        }

        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    /// <summary>Between two rounds: admits who is waiting, lets go who has left, scans when a reader is due. On the polling thread.</summary>
    public void Attend(ITrafficSource source)
    {
        _readers.RemoveAll(HasLeft);
        if (_readers.Count != _count) // or one was dropped since
            Settle(source);
        Notice(source.ScannedNs);
        if (_requests.IsEmpty && (_readers.Count == 0 || Patience(TimeSpan.MaxValue) > TimeSpan.Zero))
            return;
        Warn(source);
        _recorder ??= new JournalRecorder(source.Conversations, source.InterfaceName, Publish);
        source.Scan();
        Notice(source.ScannedNs);
        while (_requests.TryDequeue(out var request))
            Answer(source, request);
        Settle(source);
    }

    /// <summary>The capture ends: readers are told why, and nobody is admitted any more. On the polling thread.</summary>
    public void Close(string reason)
    {
        _closed = true;
        foreach (var (queue, _) in _readers)
            queue.End(reason);
        _readers.Clear();
        RefuseAll();
    }

    private Request Ask(Request request)
    {
        _requests.Enqueue(request);
        if (_closed)
            RefuseAll();
        _wake?.Invoke();
        return request;
    }

    private void RefuseAll()
    {
        while (_requests.TryDequeue(out var request))
        {
            request.Reader.TrySetResult(null);
            request.Scanned.TrySetResult(0);
        }
    }

    private void Answer(ITrafficSource source, Request request)
    {
        // Who reads nothing has no use for the number, and learns that it is done.
        request.Scanned.TrySetResult(Math.Max(1, _recorder!.Scans));
        request.Reader.TrySetResult(request.Interval is { } interval && _readers.Count < MostReaders ? Admit(source, interval) : null);
    }

    private ReaderQueue Admit(ITrafficSource source, TimeSpan interval)
    {
        _recorder!.Learn(source.Interfaces.Points.Select(point => point.Interface));
        var queue = new ReaderQueue(MostWaiting, JournalRecorder.End);
        var hello = _greet() with
        {
            Attached = source.Attached,
            Warnings = [.. source.Warnings.TakeLast(MostWarnings)],
            Names = _recorder.Named,
        };
        queue.TryAdd(hello.ToFrame());
        foreach (var frame in _recorder.Owners())
            queue.TryAdd(frame);
        queue.TryAdd(_recorder.Beginning(source.ScannedNs, source.Ledger, source.Conversations.TerminatedTunnels));
        _readers.Add((queue, interval > ShortestInterval ? interval : ShortestInterval));
        return queue;
    }

    private void Publish(byte[] frame)
    {
        for (var at = _readers.Count - 1; at >= 0; at--)
        {
            if (_readers[at].Queue.TryAdd(frame))
                continue;
            _readers[at].Queue.Drop("this reader did not keep up with the traffic and was dropped");
            _readers.RemoveAt(at);
            Interlocked.Increment(ref _dropped);
        }
    }

    private bool HasLeft((ReaderQueue Queue, TimeSpan Interval) reader)
    {
        if (reader.Queue.IsStalled)
            Interlocked.Increment(ref _dropped);
        return reader.Queue.IsLeft;
    }

    private void Notice(long scannedNs)
    {
        if (_scannedNs == scannedNs)
            return;
        _scannedNs = scannedNs;
        _scanned = Stopwatch.GetTimestamp();
    }

    // Only while somebody reads is anything written down.
    private void Settle(ITrafficSource source)
    {
        source.Journal = _readers.Count > 0 ? _recorder : null;
        if (_readers.Count == 0)
            _recorder?.Forget();
        Volatile.Write(ref _count, _readers.Count);
    }

    private void Warn(ITrafficSource source)
    {
        for (; _warned < source.Warnings.Count; _warned++)
        {
            if (_readers.Count > 0)
                _recorder!.Warn(source.Warnings[_warned]);
        }
    }

    private sealed record Request(TimeSpan? Interval)
    {
        public TaskCompletionSource<ReaderQueue?> Reader { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<ulong> Scanned { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
