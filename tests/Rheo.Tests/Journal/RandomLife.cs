using Rheo.Model;
using Rheo.Tests.Model;

namespace Rheo.Tests.Journal;

/// <summary>Connections that open, talk over several interfaces, end in every way, and use their ports again.</summary>
internal sealed class RandomLife(JournalPair pair, int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<(FlowRef Flow, ObservationPoint Point)> _flows = [];

    /// <summary>A few things happen.</summary>
    public void Go()
    {
        for (var left = _random.Next(12); left > 0; left--)
            Happen();
        if (_random.Next(40) == 0)
            pair.Tick(70 * Flows.Second); // what is idle goes
    }

    private void Happen()
    {
        var client = Flows.Client with { Port = (ushort)(40_000 + _random.Next(6)) };
        switch (_random.Next(10))
        {
            case 0 or 1:
                Open(client);
                break;
            case 2:
                pair.Established(client, Flows.Server, 1_000_000, (uint)_random.Next(2));
                break;
            case 3:
                pair.Closed(client, Flows.Server, reset: _random.Next(2) == 0);
                break;
            case 4:
                Reopen();
                break;
            default:
                Talk();
                break;
        }
    }

    private void Open(Endpoint client)
    {
        var there = Flows.Out(_random.Next(1, 4));
        var back = Flows.In(_random.Next(1, 4));
        _flows.Add((pair.See(Flows.Key(client, Flows.Server), there, 1, TcpFlags.Syn), there));
        if (_random.Next(3) > 0)
            _flows.Add((pair.See(Flows.Key(Flows.Server, client), back, 1, TcpFlags.Syn | TcpFlags.Ack), back));
    }

    private void Talk()
    {
        if (_flows.Count == 0)
            return;
        var at = _random.Next(_flows.Count);
        TcpFlags[] flags = [TcpFlags.Ack, TcpFlags.Ack, TcpFlags.Ack, TcpFlags.Ack | TcpFlags.Fin, TcpFlags.Rst];
        if (!pair.Add(_flows[at].Flow, _flows[at].Point, (ulong)_random.Next(1, 20), _random.GetItems(flags, 1)[0]))
            _flows.RemoveAt(at);
    }

    private void Reopen()
    {
        if (_flows.Count > 0)
            pair.Reopened(_flows[_random.Next(_flows.Count)].Flow, _random.Next(2) == 0 ? 0 : pair.Now);
    }
}
