using System.Collections.Concurrent;
using System.Diagnostics;
using Rheo.Model;
using Rheo.Web;

namespace Rheo.Agent;

/// <summary>
/// Carries queries from request threads to the polling thread, which answers some between two rounds: the model needs no
/// lock, and no crowd of readers can hold the capture up.
/// </summary>
internal sealed class QueryQueue
{
    private const int MostWaiting = 64;

    /// <summary>10,000 conversations, some 4 MB: what is remembered for others who ask the same.</summary>
    private const int MostRemembered = 10_000;

    /// <summary>After computing for T, 10 ms and a query at most, rest for four times T: no crowd of readers gets more than a fifth of the thread.</summary>
    private const int Rest = 4;

    private static readonly long LongestRound = Stopwatch.Frequency / 100;

    private readonly ConcurrentQueue<Question> _waiting = new();
    private readonly Dictionary<(string, ConversationOrder, int), FlowAnswer> _answers = [];
    private long _answersNs;
    private int _remembered;
    private long _restUntil;
    private bool _closed;

    /// <summary>Nobody waits for an answer. From any thread.</summary>
    public bool IsEmpty => _waiting.IsEmpty;

    /// <summary>Asks; null when too many are waiting. From any thread.</summary>
    public Task<FlowAnswer>? Ask(FlowQuery query)
    {
        if (_waiting.Count >= MostWaiting || Volatile.Read(ref _closed))
            return null;
        var question = new Question(query, new TaskCompletionSource<FlowAnswer>(TaskCreationOptions.RunContinuationsAsynchronously));
        _waiting.Enqueue(question);
        return question.Answer.Task;
    }

    /// <summary>Answers what is waiting, as far as one round allows. On the polling thread.</summary>
    public void Answer(ITrafficSource source)
    {
        if (_answersNs != source.ScannedNs)
            Forget();
        _answersNs = source.ScannedNs;
        var began = Stopwatch.GetTimestamp();
        var until = began < _restUntil ? began : began + LongestRound;
        while (_waiting.TryPeek(out var question) && Answer(source, question.Query, until) is { } answer)
        {
            _waiting.TryDequeue(out _);
            question.Answer.SetResult(answer);
        }

        var ended = Stopwatch.GetTimestamp();
        _restUntil = Math.Max(_restUntil, ended + (Rest * (ended - began)));
    }

    // Null when the time for computing is over; what is remembered is free.
    private FlowAnswer? Answer(ITrafficSource source, FlowQuery query, long until)
    {
        var key = (query.Filter.Text, query.Order, query.Limit);
        if (_answers.TryGetValue(key, out var known))
            return known;
        if (Stopwatch.GetTimestamp() >= until)
            return null;
        var answer = Compute(source, query);
        Remember(key, answer);
        return answer;
    }

    /// <summary>Nobody will answer any more: those who wait are let go.</summary>
    public void Close()
    {
        Volatile.Write(ref _closed, true);
        while (_waiting.TryDequeue(out var question))
            question.Answer.TrySetCanceled();
    }

    private void Remember((string, ConversationOrder, int) key, FlowAnswer answer)
    {
        if (_remembered + answer.Flows.Length > MostRemembered)
            Forget();
        _answers[key] = answer;
        _remembered += answer.Flows.Length;
    }

    private void Forget()
    {
        _answers.Clear();
        _remembered = 0;
    }

    private static FlowAnswer Compute(ITrafficSource source, FlowQuery query)
    {
        var table = source.Conversations;
        var flows = new Conversation[Math.Min(query.Limit, table.Count)];
        var found = table.Top(flows, query.Order, query.Filter.In(new InterfaceNames(source.InterfaceName).Context));
        return new FlowAnswer(source.ScannedNs, table.Count, source.Ledger, found == flows.Length ? flows : flows[..found]);
    }

    private sealed record Question(FlowQuery Query, TaskCompletionSource<FlowAnswer> Answer);
}
