using Rheo.Agent;
using Xunit;

namespace Rheo.Tests.Agent;

/// <summary>Questions of any kind wait in one queue, and equal ones share an answer until the next scan.</summary>
public sealed class QueryQueueTests
{
    private readonly QueryQueue _queue = new();
    private readonly ScriptedSource _source = new(new TrafficSourceOptions(), (_, _) => { });

    public QueryQueueTests() => _source.Scan();

    [Fact]
    public async Task EqualQuestionsHaveOneAnswerUntilTheNextScan()
    {
        var (first, second) = (_queue.Ask(new Counting("a", 1))!, _queue.Ask(new Counting("a", 2))!);
        AnswerAll();
        Assert.Equal((1, 1), ((await first).Number, (await second).Number));

        _source.Scan();
        var third = _queue.Ask(new Counting("a", 3))!;
        AnswerAll();
        Assert.Equal(3, (await third).Number);
    }

    [Fact]
    public async Task TwoKindsNeverShareAnAnswer()
    {
        var (number, text) = (_queue.Ask(new Counting("a", 1))!, _queue.Ask(new Naming("a"))!);
        AnswerAll();

        Assert.Equal((1, "a"), ((await number).Number, (await text).Text));
    }

    [Fact]
    public async Task ACrowdIsRefusedAndWhoWaitsAtTheEndIsLetGo()
    {
        var asked = Enumerable.Range(0, 64).Select(at => _queue.Ask(new Counting($"{at}", at))!).ToList();
        Assert.Null(_queue.Ask(new Counting("one more", 0)));

        _queue.Close();

        Assert.Null(_queue.Ask(new Counting("late", 0)));
        foreach (var answer in asked)
            await Assert.ThrowsAsync<TaskCanceledException>(() => answer);
    }

    [Fact]
    public async Task WhatIsRememberedForOthersIsBounded()
    {
        var (first, second) = (_queue.Ask(new Counting("a", 1, rows: 6000))!, _queue.Ask(new Counting("b", 2, rows: 6000))!);
        AnswerAll();
        var third = _queue.Ask(new Counting("a", 3))!;
        AnswerAll();

        Assert.Equal((1, 2, 3), ((await first).Number, (await second).Number, (await third).Number));
    }

    [Fact]
    public void WhoAsksIsAnsweredAtOnceAndNobodyKeepsTheThreadAwake()
    {
        Assert.Equal(TimeSpan.FromSeconds(7), _queue.Patience(TimeSpan.FromSeconds(7)));
        _ = _queue.Ask(new Counting("a", 1));
        Assert.Equal(TimeSpan.Zero, _queue.Patience(TimeSpan.FromSeconds(7)));
    }

    [Fact]
    public async Task AfterALongAnswerTheCaptureHasItsTimeFirst()
    {
        var slow = _queue.Ask(new Counting("slow", 1, takes: TimeSpan.FromMilliseconds(500)))!;
        _queue.Answer(_source);
        var next = _queue.Ask(new Counting("next", 2))!;
        _queue.Answer(_source);

        Assert.True(slow.IsCompleted);
        Assert.False(next.IsCompleted); // two seconds of rest
        Assert.InRange(_queue.Patience(TimeSpan.FromHours(1)), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60)); // which is slept through
        Assert.Equal(TimeSpan.Zero, _queue.Patience(TimeSpan.Zero));
        AnswerAll();
        Assert.Equal(2, (await next).Number);
    }

    // What one round has no time for the next one answers, after a rest.
    private void AnswerAll() => Assert.True(SpinWait.SpinUntil(
        () =>
        {
            _queue.Answer(_source);
            return _queue.IsEmpty;
        },
        TimeSpan.FromSeconds(10)));

    private sealed record Counted(int Number, int Rows) : IQueryAnswer;

    private sealed record Named(string Text) : IQueryAnswer
    {
        public int Rows => 1;
    }

    private sealed class Counting(string key, int number, int rows = 1, TimeSpan takes = default) : Question<Counted>
    {
        public override object Key => key;

        public override Counted Answer(ITrafficSource source)
        {
            Thread.Sleep(takes);
            return new(number, rows);
        }
    }

    private sealed class Naming(string key) : Question<Named>
    {
        public override object Key => key;

        public override Named Answer(ITrafficSource source) => new(key);
    }
}
