using System.Diagnostics;
using System.Net;
using Rheo.Capture;
using Rheo.KernelTests.Links;
using Rheo.Model;
using Rheo.Model.Owners;

namespace Rheo.KernelTests.Owners;

/// <summary>The socket object at work, and questions about what happened since it began.</summary>
internal sealed class Scene : IDisposable
{
    private readonly SocketCapture _capture = SocketCapture.Open();
    private readonly long _beganNs = NowNs();

    internal SocketCapture Capture => _capture;

    /// <summary>Who has this end of a connection; now, if nothing else is said.</summary>
    internal IReadOnlyList<SocketProcess> Owners(IPEndPoint local, IPEndPoint remote, byte protocol = Transport.Tcp, long? sinceNs = null)
    {
        var now = NowNs();
        return _capture.Find(protocol, End(local), End(remote), sinceNs ?? _beganNs, now);
    }

    /// <summary>Who had this end of a connection whose packets passed between two times.</summary>
    internal IReadOnlyList<SocketProcess> Between(long firstNs, long lastNs, byte protocol, IPEndPoint local, IPEndPoint remote) =>
        _capture.Find(protocol, End(local), End(remote), firstNs, lastNs);

    /// <summary>Asks again until the answer is as expected, or twenty seconds have passed: with many sockets on the machine walks are rarer.</summary>
    internal IReadOnlyList<SocketProcess> OwnersSoon(Func<IReadOnlyList<SocketProcess>> ask, Func<IReadOnlyList<SocketProcess>, bool> isRight)
    {
        var watch = Stopwatch.StartNew();
        var answer = ask();
        while (!isRight(answer) && watch.Elapsed < TimeSpan.FromSeconds(20))
        {
            Thread.Sleep(50);
            answer = ask();
        }

        return answer;
    }

    /// <summary>Waits for a walk that begins after this.</summary>
    internal void AwaitWalk()
    {
        var walks = _capture.Health.Walks;
        for (var watch = Stopwatch.StartNew(); _capture.Health.Walks < walks + 2 && watch.Elapsed < TimeSpan.FromSeconds(30);)
            Thread.Sleep(50);
    }

    internal static long NowNs() => (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;

    public void Dispose() => _capture.Dispose();

    private static Endpoint End(IPEndPoint end) => new(new Address(end.Address.GetAddressBytes()), (ushort)end.Port);
}
