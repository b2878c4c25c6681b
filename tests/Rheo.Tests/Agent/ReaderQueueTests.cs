using Rheo.Agent;
using Rheo.Journal;
using Rheo.Tests.Journal;
using Xunit;

namespace Rheo.Tests.Agent;

/// <summary>What is on its way to a reader of a stream: bounded, and none is let go who reads.</summary>
public sealed class ReaderQueueTests
{
    private readonly ReaderQueue _queue = new(1000, JournalRecorder.End);

    [Fact]
    public async Task AReaderThatDoesNotKeepUpIsDroppedAndToldWhy()
    {
        Assert.True(_queue.TryAdd(new byte[600]));
        Assert.False(_queue.TryAdd(new byte[600]));
        _queue.Drop("too slow");

        var last = await _queue.Next(TestContext.Current.CancellationToken);
        var player = new JournalPair().Player;
        player.Play(last.AsSpan(FrameWriter.Head));
        Assert.Equal("too slow", player.Ended);
        Assert.Null(await _queue.Next(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task OneThatIsDroppedWhileItTakesIsToldWhyAllTheSame()
    {
        for (var round = 0; round < 2000; round++)
        {
            var queue = new ReaderQueue(1_000_000, JournalRecorder.End);
            var last = Task.Run(() => Last(queue));
            for (var piece = 0; piece < 50; piece++)
                Assert.True(queue.TryAdd(new byte[100]));
            queue.Drop("too slow");

            Assert.Equal(JournalRecorder.End("too slow"), await last);
        }
    }

    [Fact]
    public async Task WhoTakesWhatComesIsNeverDropped()
    {
        for (var piece = 0; piece < 100; piece++)
        {
            Assert.True(_queue.TryAdd(new byte[600]));
            Assert.Equal(600, (await _queue.Next(TestContext.Current.CancellationToken))!.Length);
        }
    }

    [Fact]
    public void WhoWasLetGoSinceItTookNothingIsToldFromWhoWent()
    {
        _queue.Leave();
        Assert.Equal((true, false), (_queue.IsLeft, _queue.IsStalled));

        _queue.Stall();
        Assert.Equal((true, true), (_queue.IsLeft, _queue.IsStalled));
    }

    private static async Task<byte[]?> Last(ReaderQueue queue)
    {
        byte[]? last = null;
        while (await queue.Next(TestContext.Current.CancellationToken) is { } piece)
            last = piece;
        return last;
    }
}
