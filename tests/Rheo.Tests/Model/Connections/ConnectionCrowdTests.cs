using Rheo.Model;
using Rheo.Model.Connections;
using Xunit;

namespace Rheo.Tests.Model.Connections;

/// <summary>Of many connections a question shows what a look at each of them would show.</summary>
public sealed class ConnectionCrowdTests
{
    private const long Ms = 1_000_000;
    private const long Second = 1_000 * Ms;
    private const long Start = 1_000 * Second;
    private const long Now = Start + (3 * Second);
    private const int Pairs = 200;

    private static readonly Address s_client = Address.Parse("10.0.0.1"), s_server = Address.Parse("10.0.0.2");

    private readonly ConnectionTable _table = new(new ConnectionTableOptions());
    private readonly Random _random = new(1);

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void TheRowsAreThoseOfTheSnapshot(bool isFull, bool isPressedLate)
    {
        Fill(isFull, isPressedLate);
        foreach (var choice in Choices())
        {
            foreach (var order in Enum.GetValues<ConnectionOrder>())
                AssertSame(choice, order);
        }
    }

    [Fact]
    public void AQuestionCopiesNothingThatIsNotShown()
    {
        Fill(isFull: false, isPressedLate: false);
        var question = new ConnectionQuestion(new(), ConnectionOrder.Slowest, Listening: false, Limit: 5);
        Ask(question);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Ask(question);
        // The table of ports takes 64 KiB, and a row about 1 KiB: nothing for each of the 330.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (64 + (5 * 1.5) + 4) * 1024);
    }

    private static IEnumerable<ConnectionChoice> Choices() =>
    [
        new(),
        new() { All = true },
        new() { Retransmitting = true },
        new() { State = ConnectionState.Closed },
        new() { Slow = TimeSpan.FromMilliseconds(60) },
        new() { Filter = FlowFilter.Parse("src port 40010 or dst port 40020") },
        new() { SinceNs = Start + (40 * Ms) },
    ];

    private void AssertSame(ConnectionChoice choice, ConnectionOrder order)
    {
        var all = _table.Snapshot(Now).Connections.Where(choice.Shows).ToDictionary(row => row.Figures.Cookie);
        foreach (var limit in new[] { 0, 1, 20, 1000 })
        {
            var list = Ask(new(choice, order, Listening: false, limit));
            Assert.Equal((all.Count, Math.Min(limit, all.Count)), (list.Matched, list.Connections.Count));
            Assert.Equal(all.Values.Select(row => Rank(row, order)).OrderDescending().Take(limit), list.Connections.Select(row => Rank(row, order)));
            foreach (var row in list.Connections)
                Assert.Equal(all[row.Figures.Cookie], row with { Processes = all[row.Figures.Cookie].Processes });
        }
    }

    private ConnectionList Ask(ConnectionQuestion question) => _table.Answer(question, Now, _ => []);

    private static long Rank(Connection row, ConnectionOrder order) => order switch
    {
        ConnectionOrder.Rtt => row.Figures.RttNs,
        ConnectionOrder.Retransmits => row.Figures.Retransmitted,
        ConnectionOrder.Bytes => (long)(row.Figures.BytesSent + row.Figures.BytesReceived),
        ConnectionOrder.Opened => row.Figures.OpenedNs,
        _ => row.SlowestNs,
    };

    // Both ends of some, one end of others; some that wait, fail, end, or send again.
    private void Fill(bool isFull, bool isPressedLate)
    {
        Listen(isFull ? 9u : 0, drops: 0);
        if (isPressedLate)
            Listen(0, drops: 5);
        _table.BeginWalk(Start);
        for (var pair = 0; pair < Pairs; pair++)
        {
            Read(Figures(pair, ConnectionRole.Client));
            if (pair % 3 != 0)
                Read(Figures(pair, ConnectionRole.Server));
        }

        _table.EndWalk();
    }

    private void Read(ConnectionFigures figures)
    {
        if (figures.State == ConnectionState.Closed)
            _table.End(in figures);
        else
            _table.Read(in figures);
    }

    private ConnectionFigures Figures(int pair, ConnectionRole role)
    {
        var (client, server) = (new Endpoint(s_client, (ushort)(40_000 + pair)), new Endpoint(s_server, 80));
        var isClient = role == ConnectionRole.Client;
        var state = Any(ConnectionState.Established, ConnectionState.Established, isClient ? ConnectionState.SynSent : ConnectionState.CloseWait, ConnectionState.Closed);
        var isOver = state == ConnectionState.Closed;
        return new()
        {
            Cookie = (ulong)(2 * pair) + (isClient ? 1u : 2u), Namespace = isClient ? 1u : 2u, Role = role, State = state,
            OldState = isOver ? Any(ConnectionState.Established, ConnectionState.SynSent) : default,
            End = isOver ? Any(ConnectionEnd.FinSent, ConnectionEnd.TimedOut, ConnectionEnd.ResetReceived, ConnectionEnd.GivenUp) : default,
            TimeNs = Start + (pair * Ms), OpenedNs = Start - Second - pair, EstablishedNs = isOver || state == ConnectionState.SynSent ? 0 : Start - Second + (_random.Next(90) * Ms),
            StateSinceNs = Start - (_random.Next(200) * Ms), Local = isClient ? client : server, Remote = isClient ? server : client,
            HasNoProcess = !isClient && _random.Next(3) == 0, Retransmitted = (uint)_random.Next(5), BytesSent = (ulong)_random.Next(1000), BytesAcked = (ulong)_random.Next(3),
            DataSegmentsSent = (uint)_random.Next(50), RttNs = _random.Next(200) * Ms, SendWindow = 65_535, ReceiveWindow = 65_535, SegmentSize = 1448,
        };
    }

    private T Any<T>(params ReadOnlySpan<T> of) => of[_random.Next(of.Length)];

    private void Listen(uint length, uint drops) => _table.Read(new ListenQueue
    {
        Cookie = 9_999, Namespace = 2, Local = new(Address.Parse("0.0.0.0"), 80), TimeNs = Start + drops, Length = length, Limit = 5, HalfOpen = 0, Drops = drops,
        SynAckRetransmits = 0,
    });
}
