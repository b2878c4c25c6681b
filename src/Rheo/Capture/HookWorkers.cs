namespace Rheo.Capture;

/// <summary>
/// A few threads that wait for the kernel's lock of all devices. Where containers start, dozens of others stand in line for it, some 100 ms
/// (measured: 200 namespaces in 5 s), and a single thread would stand in line anew for each hook. The work itself is done one after the
/// other, and makes nobody wait longer than by as many hooks as there are threads. They begin when there is first something to do, with the
/// rights and the namespace of the thread that gives it, and end with this. Threads: one gives; <see cref="Wake"/> from any.
/// </summary>
/// <param name="done">Called after each job, on its thread.</param>
internal sealed class HookWorkers(Action done) : IDisposable
{
    /// <summary>4: some 50 ms that others wait for us.</summary>
    internal const int Most = 4;

    private readonly Queue<Action> _jobs = new();
    private readonly List<Thread> _threads = [];
    private readonly SemaphoreSlim _news = new(0);
    private int _underWay; // changed under the lock of _jobs
    private bool _stopping;

    /// <summary>Whether one more job would be begun at once.</summary>
    internal bool HasRoom => Volatile.Read(ref _underWay) < Most;

    /// <summary>Begins a job, which must not throw.</summary>
    internal void Begin(Action job)
    {
        lock (_jobs)
        {
            _underWay++;
            _jobs.Enqueue(job);
            Monitor.Pulse(_jobs);
        }

        if (_threads.Count < Most && _threads.Count < Volatile.Read(ref _underWay))
            Start();
    }

    /// <summary>Waits until a job has ended or <see cref="Wake"/> was called; false when the time is up before.</summary>
    internal bool Await(TimeSpan most)
    {
        if (!_news.Wait(most < TimeSpan.Zero ? TimeSpan.Zero : most))
            return false;
        while (_news.Wait(0))
        {
            // One look answers all that has come.
        }

        return true;
    }

    /// <summary>Ends a wait.</summary>
    internal void Wake() => _news.Release();

    /// <summary>Waits for what is under way, and ends the threads. What was not begun is still done.</summary>
    public void Dispose()
    {
        lock (_jobs)
        {
            _stopping = true;
            Monitor.PulseAll(_jobs);
        }

        foreach (var thread in _threads)
            thread.Join();
        _news.Dispose();
    }

    private void Start()
    {
        var thread = new Thread(Work) { IsBackground = true, Name = "hooks" };
        _threads.Add(thread);
        thread.Start();
    }

    private void Work()
    {
        while (Next() is { } job)
        {
            job();
            lock (_jobs)
                _underWay--;
            Wake();
            done();
        }
    }

    private Action? Next()
    {
        lock (_jobs)
        {
            while (_jobs.Count == 0 && !_stopping)
                Monitor.Wait(_jobs);
            return _jobs.TryDequeue(out var job) ? job : null;
        }
    }
}
