using Rheo.Capture;
using Xunit;

namespace Rheo.Tests.Links;

/// <summary>In which order the hooks of many interfaces are made.</summary>
public sealed class AttachQueueTests
{
    private readonly AttachQueue _queue = new();

    [Fact]
    public void EachHasItsFirstHookBeforeAnyHasItsSecond()
    {
        Add(1, 2, 3);

        Assert.Equal(["1", "2", "3", "1+", "2+", "3+"], TakeAll());
        Assert.Equal(0, _queue.Count);
    }

    [Fact]
    public void OneThatComesLaterGoesBeforeTheSecondHooks()
    {
        Add(1, 2);
        Assert.Equal(["1", "2", "1+"], [Take(), Take(), Take()]);
        Add(3);

        Assert.Equal(["3", "2+", "3+"], TakeAll());
    }

    [Fact]
    public void SecondHooksHaveTheirTurnsWhereInterfacesComeForEver()
    {
        var taken = new List<string>();
        for (var index = 1; index <= 100; index++)
        {
            Add(index);
            taken.Add(Take());
        }

        Assert.InRange(taken.Count(hook => hook.EndsWith('+')), 100 / (AttachQueue.MostFirstInARow + 2), 100 / AttachQueue.MostFirstInARow);
        Assert.Equal("1+", taken.First(hook => hook.EndsWith('+')));
    }

    [Fact]
    public void OneThatWentWaitsForNothing()
    {
        Add(1, 2);
        _queue.Remove(1);
        Assert.Equal("2", Take());
        _queue.Remove(2);

        Assert.Equal(0, _queue.Count);
        Assert.Empty(TakeAll());
    }

    [Fact]
    public void AnIndexThatIsUsedAgainWaitsOnce()
    {
        Add(1);
        _queue.Remove(1);
        Add(1, 1);

        Assert.Equal(1, _queue.Count);
        Assert.Equal(["1", "1+"], TakeAll());
    }

    private void Add(params ReadOnlySpan<int> indexes)
    {
        foreach (var index in indexes)
            _queue.Add(index);
    }

    private string Take()
    {
        Assert.True(_queue.TryTake(out var index, out var isSecond));
        if (!isSecond)
            _queue.AddSecond(index);
        return isSecond ? $"{index}+" : $"{index}";
    }

    private List<string> TakeAll()
    {
        var taken = new List<string>();
        while (_queue.Count > 0)
            taken.Add(Take());
        return taken;
    }
}
