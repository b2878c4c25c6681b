using System.Collections.Concurrent;
using Rheo.Model;
using Rheo.Web;

namespace Rheo.Agent;

/// <summary>
/// Carries queries from request threads to the polling thread, which answers a few between two rounds: the model needs no
/// lock, and no crowd of readers can hold the capture up.
/// </summary>
internal sealed class QueryQueue
{
    private const int MostWaiting = 64;
    private const int MostEachRound = 4;
    private const int MostRemembered = 16;

    private readonly ConcurrentQueue<Question> _waiting = new();
    private readonly Dictionary<(string, ConversationOrder, int), FlowAnswer> _answers = [];
    private long _answersNs;
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
        if (_answersNs != source.ScannedNs || _answers.Count >= MostRemembered)
            _answers.Clear();
        _answersNs = source.ScannedNs;
        for (var computed = 0; computed < MostEachRound && _waiting.TryDequeue(out var question);)
        {
            var key = (question.Query.Filter.Text, question.Query.Order, question.Query.Limit);
            if (!_answers.TryGetValue(key, out var answer))
            {
                _answers[key] = answer = Compute(source, question.Query);
                computed++;
            }

            question.Answer.SetResult(answer);
        }
    }

    /// <summary>Nobody will answer any more: those who wait are let go.</summary>
    public void Close()
    {
        Volatile.Write(ref _closed, true);
        while (_waiting.TryDequeue(out var question))
            question.Answer.TrySetCanceled();
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
