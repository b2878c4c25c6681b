using System.Text;
using Rheo.Agent;
using Rheo.Capture;
using Rheo.Model.Connections;
using Rheo.Tests.Model.Connections;
using Xunit;

namespace Rheo.Tests.Agent;

/// <summary>Who follows connections through the agent: each hears what opens and ends from now on, and costs no more than is allowed.</summary>
public sealed class ConnectionRelayTests
{
    private readonly ConnectionRelay _relay = new();
    private readonly Teller _teller = new();
    private readonly ScriptedSource _source;
    private Action _scan = () => { };

    public ConnectionRelayTests() => _source = new ScriptedSource(new TrafficSourceOptions(), (_, _) => _scan()) { OnlyPart = _teller };

    [Fact]
    public async Task WhatIsThereAlreadyIsNoNews()
    {
        _scan = () => Open(7); // the walk finds it
        var reader = (await Follow())!;
        Open(8);
        _relay.Close("enough");

        Assert.Contains("\"cookie\":8,", await Next(reader), StringComparison.Ordinal);
        Assert.Contains("enough", await Next(reader), StringComparison.Ordinal);
    }

    [Fact]
    public async Task APartThatFailsAsSomebodyComesCostsNoMoreThanItself()
    {
        var first = (await Follow())!;
        _scan = () => _source.OnlyPart = null; // no descriptor was left for its walk

        Assert.Null(await Follow());

        Assert.Equal(0, _relay.Readers);
        Assert.Contains("not watched any more", await Next(first), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NineAreTooMany()
    {
        var readers = new List<ReaderQueue>();
        for (var reader = 0; reader < 8; reader++)
            readers.Add((await Follow())!);
        Assert.Null(await Follow());
        Assert.Equal(8, _relay.Readers);

        readers[3].Leave();

        Assert.NotNull(await Follow());
        Assert.Equal((8, 0L), (_relay.Readers, _relay.Dropped));
    }

    [Fact]
    public async Task TwoMegabytesMayWaitForAReaderAndNoMore()
    {
        var reader = (await Follow())!;
        Assert.True(reader.TryAdd(new byte[(2 * 1024 * 1024) - 4096]));
        Open(8);
        Assert.Equal(0, _relay.Dropped);

        Assert.True(reader.TryAdd(new byte[1024]));
        for (ulong cookie = 9; cookie < 15; cookie++)
            Open(cookie);

        Assert.Equal(1, _relay.Dropped);
        Assert.Contains("did not keep up", await Next(reader), StringComparison.Ordinal);
        _relay.Attend(_source);
        Assert.Equal(0, _relay.Readers);
        Assert.False(_teller.TellsOpened);
    }

    [Fact]
    public async Task WhileSomebodyFollowsItIsLookedTenTimesASecond()
    {
        var second = TimeSpan.FromSeconds(1);
        Assert.Equal(second, _relay.Patience(second));

        await Follow();

        Assert.Equal(TimeSpan.FromMilliseconds(100), _relay.Patience(second));
        Assert.Equal(TimeSpan.FromMilliseconds(20), _relay.Patience(TimeSpan.FromMilliseconds(20)));
    }

    private async Task<ReaderQueue?> Follow()
    {
        var asked = _relay.Follow(ConnectionChoice.Default);
        _relay.Attend(_source);
        return await asked;
    }

    private void Open(ulong cookie) => _teller.Table.Read(SomeConnection.Open with { Cookie = cookie });

    private static async Task<string> Next(ReaderQueue reader) =>
        Encoding.UTF8.GetString((await reader.Next(TestContext.Current.CancellationToken))!);

    private sealed class Teller : IConnectionTeller
    {
        public ConnectionTable Table { get; } = new(new ConnectionTableOptions());

        public bool TellsOpened { get; set; }
    }
}
