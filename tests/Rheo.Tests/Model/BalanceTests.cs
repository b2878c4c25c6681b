using CsCheck;
using Rheo.Model;
using Xunit;
using static Rheo.Tests.Model.Flows;

namespace Rheo.Tests.Model;

public sealed class BalanceTests
{
    /// <summary>One event: what happens, to which of a few flows, at which of a few points.</summary>
    private readonly record struct Step(int What, int Flow, int Point, int Amount);

    private static readonly Gen<Step[]> AnySteps = Gen.Select(
        Gen.Int[0, 9], Gen.Int[0, 11], Gen.Int[0, 5], Gen.Int[0, 1000], (what, flow, point, amount) => new Step(what, flow, point, amount)).Array[0, 200];

    private static readonly TunnelId Vni = new(TunnelKind.Vxlan, 5);

    [Fact]
    public void TotalsAreAlwaysLiveAndEndedAndOther() => AnySteps.Sample(
        steps =>
        {
            var run = new Run(points: 6);
            foreach (var step in steps)
                run.Do(step);
            run.Finish();
            AssertBalance(run.Table);
            Assert.Equal(run.Table.Ended.Traffic + run.Table.Other.Traffic, run.Reported);
            Assert.InRange(run.Table.Total.Traffic.Packets, 0ul, run.Added.Packets);
        },
        iter: 300);

    [Fact]
    public void WithOnePointADirectionEveryPacketIsCounted() => AnySteps.Sample(
        steps =>
        {
            var run = new Run(points: 1);
            foreach (var step in steps)
                run.Do(step);
            run.Finish();
            AssertBalance(run.Table);
            Assert.Equal(run.Added, run.Table.Total.Traffic);
        },
        iter: 300);

    /// <summary>Plays steps against a small table, as a reader of the kernel's table would.</summary>
    private sealed class Run : IEndedConversations
    {
        private readonly Dictionary<(int Flow, int Point), FlowRef> _flows = [];
        private readonly int _points;
        private long _now = Start;

        public Run(int points)
        {
            _points = points;
            Table = Flows.Table(new ConversationTableOptions { MaxConversations = 4 }, this);
        }

        public ConversationTable Table { get; }

        public Traffic Added { get; private set; }

        public Traffic Reported { get; private set; }

        public void Ended(in Conversation conversation) => Reported += conversation.Traffic;

        public void Do(Step step)
        {
            _now += step.Amount * Millisecond / 10;
            Expect(step);
            switch (step.What)
            {
                case < 5:
                    Add(step, TcpFlags.Ack);
                    break;
                case 5:
                    Add(step, (TcpFlags)(step.Amount & 23));
                    break;
                case 6:
                    Table.Tick(_now += step.Amount < 900 ? Second : 100 * Second);
                    break;
                case 7:
                    Table.Reopened(_flows.GetValueOrDefault((step.Flow, step.Point % _points)));
                    _flows.Remove((step.Flow, step.Point % _points));
                    break;
                case 8:
                    Moment(step);
                    break;
                default:
                    if (_points > 1)
                        Table.SetTerminatedTunnels(step.Amount % 2 == 0 ? new HashSet<TunnelId> { Vni } : []);
                    break;
            }
        }

        // Hints change nothing, whether what they say comes or not, and whether it is there or gone.
        private void Expect(Step step)
        {
            var flow = _flows.GetValueOrDefault((step.Flow, step.Point % _points));
            Table.Expect(flow);
            Table.ExpectNews(flow);
            Table.Expect(KeyOf(step.Flow, step.Point % _points));
            Table.Expect(Client with { Port = (ushort)step.Amount }, Server);
        }

        public void Finish()
        {
            Table.Tick(_now += Second);
            Table.Tick(_now += Second);
        }

        private void Add(Step step, TcpFlags flags)
        {
            var at = (step.Flow, step.Point % _points);
            var counts = new FlowCounts((ulong)step.Amount, 60ul * (ulong)step.Amount, flags, (ushort)(flags.HasFlag(TcpFlags.Syn) ? 1 : 0));
            Added += new Traffic(counts.Packets, counts.Bytes);
            if (_flows.TryGetValue(at, out var flow) && Table.Add(flow, in counts, _now))
                return;
            flow = Table.Open(KeyOf(at.Flow, at.Item2), new ObservationPoint(at.Item2, step.Flow % 2 == 0), _now, flags);
            _flows[at] = flow;
            Assert.True(Table.Add(flow, in counts, _now));
        }

        private void Moment(Step step)
        {
            var (client, server) = (Client with { Port = (ushort)(step.Flow / 2) }, Server);
            if (step.Amount % 2 == 0)
                Table.Established(new HandshakeMoment { Client = client, Server = server, SynNs = _now - 5, SynAckNs = _now - 3, AckNs = _now });
            else
                Table.Closed(new CloseMoment(client, server, 0, _now, step.Amount % 3 == 0));
        }

        // Even flows ask, odd ones answer; point 5 sees them inside a tunnel.
        private static FlowKey KeyOf(int flow, int point)
        {
            var client = Client with { Port = (ushort)(flow / 2) };
            var key = flow % 2 == 0 ? Key(client, Server) : Key(Server, client);
            return point == 5 ? key with { Tunnel = Vni, OuterSource = Server.Address, OuterDestination = Client.Address } : key;
        }
    }
}
