using System.Diagnostics;
using Rheo.Bpf.Netlink;
using Xunit;

namespace Rheo.KernelTests.Links;

public sealed class DeviceWatcherTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    [RootFact]
    public void FirstReadReportsWhatIsThere()
    {
        using var space = TestNamespace.Create();
        using var watcher = space.Run(() => DeviceWatcher.Open());
        var changes = new List<DeviceChange>();
        Assert.NotEqual(0, watcher.Read(changes, TimeSpan.Zero));
        Assert.Contains(changes, change => change is { Kind: DeviceChangeKind.Appeared, Device.Name: "lo" });
        Assert.True(watcher.Devices[1].IsLoopback);
    }

    [RootFact]
    public void NewVethIsReportedWithin100Milliseconds()
    {
        using var space = TestNamespace.Create();
        using var watcher = space.Run(() => DeviceWatcher.Open());
        var changes = new List<DeviceChange>();
        watcher.Read(changes, TimeSpan.Zero);
        var made = 0L;
        var maker = new Thread(() =>
        {
            space.Ip("link add pair0 type veth peer name pair1");
            made = Stopwatch.GetTimestamp();
        });
        maker.Start();
        while (!changes.Exists(change => change.Device?.Name == "pair1"))
            Assert.NotEqual(0, watcher.Read(changes, s_patience));
        var seen = Stopwatch.GetTimestamp();
        maker.Join();
        Assert.True(Stopwatch.GetElapsedTime(made, seen) < TimeSpan.FromMilliseconds(100));
        Assert.All(watcher.Devices.Values.Where(device => device.Name.StartsWith("pair")), device => Assert.Equal("veth", device.Kind));
    }

    [RootFact]
    public void ChangedAndGoneDevicesAreReported()
    {
        using var space = TestNamespace.Create();
        space.Ip("link add pair0 type veth peer name pair1");
        using var watcher = space.Run(() => DeviceWatcher.Open());
        var changes = new List<DeviceChange>();
        watcher.Read(changes, TimeSpan.Zero);
        changes.Clear();
        space.Ip("link set pair0 up");
        space.Ip("link set pair1 name other");
        space.Ip("link del pair0");
        while (changes.Count(change => change.Kind == DeviceChangeKind.Gone) < 2)
            Assert.NotEqual(0, watcher.Read(changes, s_patience));
        Assert.Contains(changes, change => change is { Kind: DeviceChangeKind.Changed, Device: { Name: "pair0", IsUp: true } });
        Assert.Contains(changes, change => change is { Kind: DeviceChangeKind.Changed, Device.Name: "other" });
        Assert.Contains(changes, change => change is { Kind: DeviceChangeKind.Gone, Device.Name: "other" });
        Assert.Single(watcher.Devices.Values, device => device.IsLoopback);
    }

    [RootFact]
    public void BridgePortThatLeavesItsBridgeIsNotGone()
    {
        using var space = TestNamespace.Create();
        space.Ip("link add pair0 type veth peer name pair1");
        space.Ip("link add br0 type bridge");
        using var watcher = space.Run(() => DeviceWatcher.Open());
        var changes = new List<DeviceChange>();
        watcher.Read(changes, TimeSpan.Zero);
        changes.Clear();
        space.Ip("link set pair0 master br0");
        var bridge = space.Ifindex("br0");
        space.Ip("link set pair0 nomaster");
        while (!changes.Exists(change => change.Device is { Name: "pair0", Master: 0 }))
            Assert.NotEqual(0, watcher.Read(changes, s_patience));
        Assert.Contains(changes, change => change.Device is { Name: "pair0" } device && device.Master == bridge);
        Assert.DoesNotContain(changes, change => change.Kind == DeviceChangeKind.Gone);
    }

    [RootFact]
    public void TooManyChangesAreReadAgainAsAResynchronisation()
    {
        using var space = TestNamespace.Create();
        space.Ip("link add doomed type veth peer name doomed1");
        using var watcher = space.Run(() => DeviceWatcher.Open(receiveBuffer: 4096));
        var changes = new List<DeviceChange>();
        watcher.Read(changes, TimeSpan.Zero);
        changes.Clear();
        space.Ip("link del doomed");
        for (var i = 0; i < 5; i++)
            space.Ip($"link add pair{i} type veth peer name other{i}");
        watcher.Read(changes, s_patience);
        Assert.Contains(changes, change => change.Kind == DeviceChangeKind.Resync);
        Assert.Contains(changes, change => change is { Kind: DeviceChangeKind.Gone, Device.Name: "doomed" });
        Assert.Contains(changes, change => change is { Kind: DeviceChangeKind.Appeared, Device.Name: "other4" });
        Assert.Equal(space.Run(NetworkDevices.List).Select(device => device.Index), watcher.Devices.Keys.Order());
    }

    [RootFact]
    public void WakeEndsAReadThatWaits()
    {
        using var space = TestNamespace.Create();
        using var watcher = space.Run(() => DeviceWatcher.Open());
        var changes = new List<DeviceChange>();
        watcher.Read(changes, TimeSpan.Zero);
        var read = new Thread(() => watcher.Read(changes, Timeout.InfiniteTimeSpan));
        changes.Clear();
        read.Start();
        watcher.Wake();
        Assert.True(read.Join(s_patience));
        Assert.Empty(changes);
    }
}
