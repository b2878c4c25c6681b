namespace Rheo.Agent;

/// <summary>The agent's polling thread: feeds the model, publishes the sums after each scan, answers queries in between.</summary>
internal sealed class CaptureLoop
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(1); // the source knows better
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ITrafficSource _source;
    private readonly SnapshotTaker _taker;
    private readonly QueryQueue _queries;
    private readonly TrafficRelay _relay;
    private readonly ConnectionRelay _followers;
    private readonly RunReport _report;
    private readonly MemoryTrim _trim = new(worthwhile: 4 * 1024 * 1024);
    private readonly Thread _thread;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TrafficSnapshot? _latest;
    private volatile bool _stop;
    private readonly TimeProvider _clock;
    private long _roundEnded;

    public CaptureLoop(ITrafficSource source, EndCounts ended, AgentContent content, RunReport report, TimeProvider? clock = null)
    {
        _source = source;
        _clock = clock ?? TimeProvider.System;
        _roundEnded = _clock.GetTimestamp();
        _taker = new SnapshotTaker(source, ended);
        (_queries, _relay, _followers) = (content.Queries, content.Relay, content.Followers);
        _relay.WakeBy(source.Wake);
        _followers.WakeBy(source.Wake);
        _report = report;
        _thread = new Thread(Run) { Name = "capture", IsBackground = true };
    }

    /// <summary>The sums at the last scan; null before the first.</summary>
    public TrafficSnapshot? Latest => _latest;

    /// <summary>Completes when the thread has ended, with its failure if it failed.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Null while rounds come to their end, else what is wrong.</summary>
    public string? Trouble
    {
        get
        {
            if (Ended.IsCompleted)
                return "the capture has ended";
            var silence = _clock.GetElapsedTime(Volatile.Read(ref _roundEnded));
            return silence > Patience ? $"the capture has not moved for {silence.TotalSeconds:0} s" : null;
        }
    }

    /// <summary>
    /// The reader of an optional kernel object; null: it is not at work. Who asks before the objects are loaded, some 100 ms after the
    /// flows, waits for them. From any thread.
    /// </summary>
    public T? Part<T>()
        where T : class
    {
        AwaitParts();
        return _source.Part<T>();
    }

    /// <summary>Waits until all optional kernel objects that could be loaded are at work. From any thread but its own.</summary>
    public void AwaitParts() => _source.AwaitParts(Patience);

    public void Start() => _thread.Start();

    /// <summary>Begins the next round now: somebody asks. From any thread.</summary>
    public void Wake() => _source.Wake();

    /// <summary>Ends the thread and waits for it.</summary>
    public void Stop()
    {
        _stop = true;
        _source.Wake();
        _thread.Join();
    }

    private void Run()
    {
        try
        {
            // What is there already is shown at once, not after the first interval.
            _source.Scan();
            while (!_stop)
                Round();
            _ended.SetResult();
        }
        catch (Exception failure)
        {
            _ended.SetException(failure);
        }
        finally
        {
            _queries.Close();
            _relay.Close("the agent has ended");
            _followers.Close("the agent has ended");
        }
    }

    private void Round()
    {
        // A crowd of questions is answered a few at a time, with a drain of the rings in between.
        _source.Poll(_queries.Patience(_followers.Patience(_relay.Patience(Wait))));
        _relay.Attend(_source);
        _followers.Attend(_source);
        if (_latest?.TimeNs != _source.ScannedNs)
            _latest = _taker.Take();
        _queries.Answer(_source);
        _report.Warn();
        _trim.Look(isCalm: _source.IsResting);
        Volatile.Write(ref _roundEnded, _clock.GetTimestamp());
    }
}
