using Rheo.Agent;
using Rheo.Journal;
using Rheo.Tests.Journal;
using Xunit;

namespace Rheo.Tests.Agent;

/// <summary>Who watches through the agent: each hears what came after it, and nothing is written down for nobody.</summary>
public sealed class TrafficRelayTests
{
    private readonly TrafficRelay _relay = new(() => new JournalHello());
    private readonly ScriptedSource _source = new(new TrafficSourceOptions(), (_, _) => { });

    [Fact]
    public async Task AReaderHearsNothingOfWhatWasWrittenForOneWhoHasGone()
    {
        var first = await Admit();
        _source.Talk(1001, 5);
        first.Leave();
        _relay.Attend(_source);

        var second = await Admit();
        _source.Scan();

        Assert.Equal(default, (await Played(second)).There.Total);
    }

    [Fact]
    public async Task AfterTheLastReaderWasDroppedNothingIsWrittenDown()
    {
        var slow = await Admit();
        Assert.True(slow.TryAdd(new byte[15 * 1024 * 1024]));
        Assert.False(slow.TryAdd(new byte[2 * 1024 * 1024]));
        _source.Scan(); // its frame finds no room

        _relay.Attend(_source);

        Assert.Equal((0, 1L), (_relay.Readers, _relay.Dropped));
        Assert.Null(_source.Journal);
    }

    private async Task<ReaderQueue> Admit()
    {
        var asked = _relay.Read(TimeSpan.FromSeconds(1));
        _relay.Attend(_source);
        return (await asked)!;
    }

    // All that is on its way to a reader; of its greeting nothing is counted.
    private async Task<JournalPair> Played(ReaderQueue queue)
    {
        _relay.Close("enough");
        var pair = new JournalPair();
        Assert.NotNull(await queue.Next(TestContext.Current.CancellationToken));
        while (await queue.Next(TestContext.Current.CancellationToken) is { } frame)
            pair.Player.Play(frame.AsSpan(FrameWriter.Head));
        return pair;
    }
}
