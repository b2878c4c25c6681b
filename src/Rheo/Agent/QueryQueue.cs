using System.Collections.Concurrent;
using System.Diagnostics;

namespace Rheo.Agent;

/// <summary>
/// Carries questions of any kind from request threads to the polling thread, which answers some between two rounds: the model needs
/// no lock, and no crowd of readers can hold the capture up.
/// </summary>
internal sealed class QueryQueue
{
    private const int MostWaiting = 64;

    /// <summary>10,000 rows, some 5 MB: what is remembered for others who ask the same.</summary>
    private const int MostRemembered = 10_000;

    /// <summary>After computing for T, 10 ms and a query at most, rest for four times T: no crowd of readers gets more than a fifth of the thread.</summary>
    private const int Rest = 4;

    private static readonly long LongestRound = Stopwatch.Frequency / 100;

    private readonly ConcurrentQueue<Waiting> _waiting = new();
    private readonly Dictionary<object, IQueryAnswer> _answers = [];
    private long _answersNs;
    private int _remembered;
    private long _restUntil;
    private bool _closed;

    /// <summary>Nobody waits for an answer. From any thread.</summary>
    public bool IsEmpty => _waiting.IsEmpty;

    /// <summary>How long the polling thread may wait: not at all where somebody can be answered, and through the rest where nobody can.</summary>
    public TimeSpan Patience(TimeSpan wait)
    {
        if (IsEmpty)
            return wait;
        var now = Stopwatch.GetTimestamp();
        var rest = now < _restUntil ? Stopwatch.GetElapsedTime(now, _restUntil) : TimeSpan.Zero;
        return rest < wait ? rest : wait;
    }

    /// <summary>Asks; null when too many are waiting. From any thread.</summary>
    public Task<TAnswer>? Ask<TAnswer>(Question<TAnswer> question)
        where TAnswer : class, IQueryAnswer
    {
        if (_waiting.Count >= MostWaiting || Volatile.Read(ref _closed))
            return null;
        var waiting = new Waiting<TAnswer>(question);
        _waiting.Enqueue(waiting);
        return waiting.Answered.Task;
    }

    /// <summary>Answers what is waiting, as far as one round allows. On the polling thread.</summary>
    public void Answer(ITrafficSource source)
    {
        if (_answersNs != source.ScannedNs)
            Forget();
        _answersNs = source.ScannedNs;
        var began = Stopwatch.GetTimestamp();
        var until = began < _restUntil ? began : began + LongestRound;
        while (_waiting.TryPeek(out var waiting) && Answer(source, waiting, until) is { } answer)
        {
            _waiting.TryDequeue(out _);
            waiting.Give(answer);
        }

        var ended = Stopwatch.GetTimestamp();
        _restUntil = Math.Max(_restUntil, ended + (Rest * (ended - began)));
    }

    /// <summary>Nobody will answer any more: those who wait are let go.</summary>
    public void Close()
    {
        Volatile.Write(ref _closed, true);
        while (_waiting.TryDequeue(out var waiting))
            waiting.LetGo();
    }

    // Null when the time for computing is over; what is remembered is free.
    private IQueryAnswer? Answer(ITrafficSource source, Waiting waiting, long until)
    {
        if (_answers.TryGetValue(waiting.Key, out var known))
            return known;
        if (Stopwatch.GetTimestamp() >= until)
            return null;
        var answer = waiting.Compute(source);
        Remember(waiting.Key, answer);
        return answer;
    }

    private void Remember(object key, IQueryAnswer answer)
    {
        if (_remembered + answer.Rows > MostRemembered)
            Forget();
        _answers[key] = answer;
        _remembered += answer.Rows;
    }

    private void Forget()
    {
        _answers.Clear();
        _remembered = 0;
    }

    private abstract class Waiting(object key)
    {
        public object Key => key;

        public abstract IQueryAnswer Compute(ITrafficSource source);

        public abstract void Give(IQueryAnswer answer);

        public abstract void LetGo();
    }

    // The kind of the question is part of its key: two kinds never share an answer.
    private sealed class Waiting<TAnswer>(Question<TAnswer> question) : Waiting((typeof(TAnswer), question.Key))
        where TAnswer : class, IQueryAnswer
    {
        public TaskCompletionSource<TAnswer> Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override IQueryAnswer Compute(ITrafficSource source) => question.Answer(source);

        public override void Give(IQueryAnswer answer) => Answered.SetResult((TAnswer)answer);

        public override void LetGo() => Answered.TrySetCanceled();
    }
}
