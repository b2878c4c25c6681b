using Rheo.Model.Owners;
using Xunit;
using static Rheo.Tests.Model.Owners.SocketScene;

namespace Rheo.Tests.Model.Owners;

/// <summary>
/// Connections of the same ends that begin, end, are tried again and found again in any order, in a table that has room for few; and what it
/// must answer, kept in the plainest way.
/// </summary>
internal sealed class SocketGame(SocketScene scene, Random random)
{
    private const long StepMs = 100, SlackMs = 50;

    private readonly List<Life> _live = []; // the oldest first
    private readonly List<Life> _ended = []; // the longest ended first
    private ulong _cookies;
    private long _nowMs;

    /// <summary>Something happens; then whose a connection of some moment was is asked, and compared.</summary>
    internal void Play()
    {
        _nowMs += StepMs;
        switch (random.Next(5))
        {
            case 0 or 1:
                Connect();
                break;
            case 2 when _live.Count > 0:
                End(_live[random.Next(_live.Count)]);
                break;
            case 3 when _ended.Count > 0:
                Retry(_ended[random.Next(_ended.Count)]);
                break;
            case 4 when _ended.Count > 0:
                Find(_ended[random.Next(_ended.Count)]);
                break;
            default:
                break;
        }

        var at = Math.Max(1, _nowMs - random.Next(20 * (int)StepMs));
        Assert.Equal(Expected(at, at + 10), scene.Pids(Client, Server, at, at + 10));
    }

    private void Connect()
    {
        // Room is made as the table says: the longest ended goes, else the oldest.
        if (_live.Count + _ended.Count == 6)
            (_ended.Count > 0 ? _ended : _live).RemoveAt(0);
        var life = new Life(++_cookies, 100 + (int)_cookies) { BeganMs = _nowMs };
        scene.Connect(life.Cookie, scene.Process(life.Pid), _nowMs);
        _live.Add(life);
    }

    private void End(Life life)
    {
        scene.Tell(SocketEvent.Released, _nowMs, life.Cookie, Client, Server);
        life.EndedMs = _nowMs;
        Move(life, _live, _ended);
    }

    // A failed connection is tried again with the same socket.
    private void Retry(Life life)
    {
        scene.Tell(SocketEvent.Connecting, _nowMs, life.Cookie, Client, Server, scene.Process(life.Pid));
        (life.BeganMs, life.EndedMs) = (_nowMs, long.MaxValue);
        Move(life, _ended, _live);
    }

    // The end was none.
    private void Find(Life life)
    {
        scene.Tell(SocketEvent.Found, _nowMs, life.Cookie, Client, Server, scene.Process(life.Pid));
        life.EndedMs = long.MaxValue;
        Move(life, _ended, _live);
    }

    private static void Move(Life life, List<Life> from, List<Life> to)
    {
        from.Remove(life);
        to.Add(life);
    }

    // Of those that were there the one that began last before the first packet; else the one that began next.
    private int[] Expected(long fromMs, long toMs)
    {
        var there = _live.Concat(_ended).Where(life => life.BeganMs <= toMs + SlackMs && life.EndedMs >= fromMs).ToList();
        var before = there.Where(life => life.BeganMs <= fromMs).MaxBy(life => life.BeganMs);
        return (before ?? there.MinBy(life => life.BeganMs)) is { } meant ? [meant.Pid] : [];
    }

    private sealed class Life(ulong cookie, int pid)
    {
        internal ulong Cookie => cookie;

        internal int Pid => pid;

        internal long BeganMs { get; set; }

        internal long EndedMs { get; set; } = long.MaxValue;
    }
}
