using Rheo.KernelTests.EndToEnd;
using Rheo.KernelTests.Links;

namespace Rheo.KernelTests.Page;

/// <summary>One agent, its traffic and one Chromium for all tests of the page: starting them costs more than the tests.</summary>
public sealed class PageFixture : IDisposable
{
    /// <summary>The page's address, inside the namespace.</summary>
    internal const string Address = "http://127.0.0.1:9460/";

    private readonly TestNamespace? _right;
    private readonly RheoProcess? _agent;
    private readonly Chatter? _chatter;
    private readonly Browser? _browser;

    public PageFixture()
    {
        if (!Environment.IsPrivilegedProcess)
            return;
        (Left, _right) = TestNamespace.CreatePair();
        try
        {
            _agent = RheoProcess.StartAgent(Left);
            _chatter = new Chatter(Left, _right, "10.9.9.2",
                [(443, 30000), (443, 12000), (443, 700), (5432, 9000), (6379, 4000), (8080, 15000), (9092, 20000), .. Enumerable.Range(10_000, 60).Select(port => (port, 100))]);
            _browser = Browser.Start(Left);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    internal TestNamespace? Left { get; }

    internal Browser Browser => _browser!;

    public void Dispose()
    {
        _browser?.Dispose();
        _chatter?.Dispose();
        _agent?.Dispose();
        _right?.Dispose();
        Left?.Dispose();
    }
}
