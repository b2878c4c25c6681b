using System.Globalization;
using Rheo.KernelTests.Links;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>Pairs of interfaces that come and go in a namespace, as containers do, as long as this lives; the host's end begins with "come".</summary>
internal sealed class InterfaceTraffic : IDisposable
{
    /// <summary>So many pairs come, then go.</summary>
    internal const int AtOnce = 8;

    private readonly TestNamespace _space;
    private readonly Thread _thread;
    private volatile bool _stopping;
    private volatile int _made;

    internal InterfaceTraffic(TestNamespace space)
    {
        _space = space;
        _thread = new Thread(ComeAndGo) { IsBackground = true, Name = "interface traffic" };
        _thread.Start();
    }

    /// <summary>Pairs that have come so far.</summary>
    internal int Made => _made;

    public void Dispose()
    {
        _stopping = true;
        _thread.Join();
    }

    private void ComeAndGo()
    {
        while (!_stopping)
        {
            for (var pair = 0; pair < AtOnce; pair++, _made++)
                _space.Ip(string.Create(CultureInfo.InvariantCulture, $"link add come{pair} type veth peer name gone{pair}"));
            for (var pair = 0; pair < AtOnce; pair++)
                _space.Ip(string.Create(CultureInfo.InvariantCulture, $"link del come{pair}"));
        }
    }
}
