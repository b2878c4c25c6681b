using System.Diagnostics;
using Rheo.Warden;
using Rheo.Warden.Interop;
using Xunit;

namespace Rheo.Tests.Warden;

/// <summary>A core that dies, and others in its place. This program stands for it, and is killed before it says anything.</summary>
public sealed class CoreKeeperTests : IDisposable
{
    private const string Quiet = "--list-tests"; // of a class that there is not

    private readonly CoreLauncher _launcher = CoreLauncher.Create(CoreUser.Own);
    private readonly string[] _arguments = [Quiet, "--filter-class", "Nobody"];
    private readonly List<string> _said = [];
    private readonly CoreKeeper _keeper;

    public CoreKeeperTests() => _keeper = new CoreKeeper(_launcher, _arguments, () => { }, _said.Add);

    [Fact]
    public void OneThatCannotBeStartedNowIsStartedLater()
    {
        _ = ProcessCalls.kill(_keeper.Core!.Id, ProcessCalls.SIGKILL);
        _arguments[0] = new string('x', 200_000); // no process can be started with that: E2BIG
        TendUntil(() => _keeper.Core is null);
        TendUntil(() => _said.Count > 0);
        Assert.Contains("cannot start", _said[0], StringComparison.Ordinal);

        _arguments[0] = Quiet;
        TendUntil(() => _keeper.Core is not null);
        Assert.Equal(1, _keeper.Restarts);
    }

    public void Dispose()
    {
        _keeper.Dispose();
        _launcher.Dispose();
    }

    private void TendUntil(Func<bool> isSo)
    {
        for (var clock = Stopwatch.StartNew(); !isSo(); Thread.Sleep(5))
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30));
            Assert.Null(_keeper.Tend());
        }
    }
}
