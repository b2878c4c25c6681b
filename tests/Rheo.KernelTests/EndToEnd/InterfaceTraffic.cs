using System.Globalization;
using Rheo.KernelTests.Links;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>Pairs of interfaces that come and go in a namespace, as containers do, as long as this lives; the host's end begins with "come".</summary>
internal sealed class InterfaceTraffic : IDisposable
{
    /// <summary>So many pairs come, then go, in each lane.</summary>
    internal const int AtOnce = 8;

    private const int Lanes = 2;

    private readonly TestNamespace _space;
    private readonly Thread[] _lanes;
    private volatile bool _stopping;
    private int _made;

    internal InterfaceTraffic(TestNamespace space)
    {
        _space = space;
        _lanes = [.. Enumerable.Range(0, Lanes).Select(lane => new Thread(() => ComeAndGo(lane)) { IsBackground = true, Name = "interface traffic" })];
        foreach (var lane in _lanes)
            lane.Start();
    }

    /// <summary>Pairs that have come so far.</summary>
    internal int Made => Volatile.Read(ref _made);

    public void Dispose()
    {
        _stopping = true;
        foreach (var lane in _lanes)
            lane.Join();
    }

    private void ComeAndGo(int lane)
    {
        while (!_stopping)
        {
            for (var pair = 0; pair < AtOnce; pair++, Interlocked.Increment(ref _made))
                _space.Ip(string.Create(CultureInfo.InvariantCulture, $"link add come{lane}-{pair} type veth peer name gone{lane}-{pair}"));
            for (var pair = 0; pair < AtOnce; pair++)
                _space.Ip(string.Create(CultureInfo.InvariantCulture, $"link del come{lane}-{pair}"));
        }
    }
}
