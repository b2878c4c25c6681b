using System.Collections.Concurrent;
using System.Diagnostics;
using Rheo.Capture;
using Rheo.KernelTests.Links;
using Rheo.Model;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>A capture with its polling thread, as the agent has one, in a namespace of a test.</summary>
internal sealed class RunningCapture : IDisposable
{
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<Action<FlowCapture>> _questions = new();
    private readonly TaskCompletionSource _opened = new();
    private readonly TaskCompletionSource _ended = new();
    private readonly Thread _thread;
    private volatile bool _stopping;
    private volatile bool _paused;
    private readonly object _turn = new();
    private long _rounds;

    private RunningCapture(TestNamespace space, CaptureOptions options, ConversationTableOptions table)
    {
        _thread = new Thread(() => Run(space, options, table)) { IsBackground = true, Name = "test capture" };
        _thread.Start();
    }

    internal IReadOnlyList<string> Attached => Ask(capture => capture.Attached);

    internal IReadOnlyList<string> Warnings => Ask(capture => capture.Warnings.ToArray());

    /// <summary>Watches these interfaces, all of them when none is named.</summary>
    internal static RunningCapture Start(TestNamespace space, params string[] interfaces) =>
        Start(space, new CaptureOptions { Interfaces = interfaces });

    internal static RunningCapture Start(TestNamespace space, CaptureOptions options, ConversationTableOptions? table = null)
    {
        var capture = new RunningCapture(space, options, table ?? new ConversationTableOptions());
        capture._opened.Task.GetAwaiter().GetResult();
        return capture;
    }

    /// <summary>Nobody polls for so long, as if the process were stopped, while something happens.</summary>
    internal void Pause(TimeSpan duration, Action meanwhile)
    {
        var watch = Stopwatch.StartNew();
        _paused = true;
        meanwhile();
        if (duration > watch.Elapsed)
            Thread.Sleep(duration - watch.Elapsed);
        _paused = false;
    }

    /// <summary>Returns when a round that began after this call has ended.</summary>
    internal void AwaitRound()
    {
        lock (_turn)
        {
            var last = _rounds + 2;
            while (_rounds < last && !_ended.Task.IsCompleted)
                Monitor.Wait(_turn, Patience);
        }
    }

    /// <summary>Asks on the polling thread, between two rounds.</summary>
    internal T Ask<T>(Func<FlowCapture, T> question)
    {
        var answer = new TaskCompletionSource<T>();
        _questions.Enqueue(capture => Answer(answer, capture, question));
        if (Task.WaitAny([answer.Task, _ended.Task], Patience) < 0)
            throw new TimeoutException("the polling thread does not answer");
        if (!answer.Task.IsCompleted)
            _ended.Task.GetAwaiter().GetResult();
        return answer.Task.GetAwaiter().GetResult();
    }

    /// <summary>Asks when all that was counted before is told: what one scan finds replaced, the next one settles.</summary>
    internal T AskSettled<T>(Func<FlowCapture, T> question) => Ask(capture =>
    {
        for (var scan = 0; scan < 3; scan++)
            capture.Scan();
        return question(capture);
    });

    internal List<Conversation> Conversations() => AskSettled(capture =>
    {
        var visitor = new CollectedConversations();
        capture.Conversations.Visit(ref visitor);
        return visitor.All;
    });

    /// <summary>What an interface carried in one direction, of all classes together.</summary>
    internal Traffic Total(int ifindex, bool egress) => AskSettled(capture => Sum(capture.Totals, ifindex, egress));

    internal static Traffic Sum(InterfaceTotals totals, int ifindex, bool egress)
    {
        var sum = default(Traffic);
        for (var kind = 0; kind < InterfaceTotals.Classes; kind++)
            sum += totals.At(new ObservationPoint(ifindex, egress), (TrafficClass)kind);
        return sum;
    }

    /// <summary>Waits until something is so, scanning meanwhile; false when it has not come to be so in time.</summary>
    internal bool Comes(Func<FlowCapture, bool> isSo, TimeSpan within)
    {
        var watch = Stopwatch.StartNew();
        while (!Ask(isSo))
        {
            if (watch.Elapsed > within)
                return false;
            Thread.Sleep(5);
        }

        return true;
    }

    public void Dispose()
    {
        _stopping = true;
        _thread.Join();
    }

    private void Run(TestNamespace space, CaptureOptions options, ConversationTableOptions table)
    {
        try
        {
            TestNamespace.Enter(space.Name);
            using var capture = FlowCapture.Open(options, new ConversationTable(table));
            while (capture.IsAttaching)
                capture.Poll(Wait);
            _opened.SetResult();
            while (!_stopping)
                Round(capture);
            _ended.SetResult();
        }
        catch (Exception failure)
        {
            _opened.TrySetException(failure);
            _ended.TrySetException(failure);
        }
    }

    private void Round(FlowCapture capture)
    {
        if (_paused)
            Thread.Sleep(Wait);
        else
            capture.Poll(Wait);
        while (_questions.TryDequeue(out var question))
            question(capture);
        lock (_turn)
        {
            _rounds++;
            Monitor.PulseAll(_turn);
        }
    }

    private static void Answer<T>(TaskCompletionSource<T> answer, FlowCapture capture, Func<FlowCapture, T> question)
    {
        try
        {
            answer.SetResult(question(capture));
        }
        catch (Exception failure)
        {
            answer.SetException(failure);
        }
    }
}
