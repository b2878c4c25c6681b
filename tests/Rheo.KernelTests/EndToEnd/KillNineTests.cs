using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Rheo.Bpf;
using Rheo.Bpf.Netlink;
using Rheo.KernelTests.Links;
using Xunit;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>kill -9 of the warden, of the core and of both, at moments that nobody has chosen, while packets pass.</summary>
public sealed class KillNineTests : IDisposable
{
    // A hundred starts of the native program take less than a minute; under a just-in-time compiler each costs a second.
    private const int Kills = 99;
    private const int SlowKills = 15;

    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    private readonly TestNamespace _space = TestNamespace.Create();
    private readonly CancellationTokenSource _end = new();
    private readonly Thread _load;

    public KillNineTests()
    {
        _load = new Thread(() => _space.Run(Talk)) { IsBackground = true };
        _load.Start();
    }

    [RootFact(Kernel = "6.6")]
    public void AfterASecondNothingOfOursIsLeftOrAnotherCoreReads()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var rounds = (ReferenceEquals(RheoProcess.FastCommand, RheoProcess.Command) ? SlowKills : Kills) / 3;
        for (var round = 0; round < rounds; round++)
        {
            try
            {
                Round(random);
            }
            catch (Exception failure)
            {
                Assert.Fail($"round {round} of seed {seed}: {failure}");
            }
        }
    }

    public void Dispose()
    {
        _end.Cancel();
        _load.Join();
        _space.Dispose();
        _end.Dispose();
    }

    // One agent loses its core and then its warden; a second one loses both.
    private void Round(Random random)
    {
        using (var agent = Start())
        {
            agent.AwaitMessage("serving http://");
            KillCore(agent, random);
            KillWarden(agent, random);
        }

        using (var agent = Start())
        {
            Thread.Sleep(random.Next(500)); // also while it starts
            var core = agent.CoreId;
            if (core is { } process)
                agent.TryKill(process);
            agent.KillAtOnce();
            ExpectNothingLeft(core);
        }
    }

    private RheoProcess Start() => RheoProcess.StartCommand(_space, [.. RheoProcess.FastCommand, "agent"]);

    private static void KillCore(RheoProcess agent, Random random)
    {
        Thread.Sleep(random.Next(100));
        var killed = agent.CoreId!.Value;
        agent.Kill(killed);
        Assert.True(SpinWait.SpinUntil(() => agent.CoreId is { } core && core != killed, s_second), "no other core came: " + agent.Errors);
    }

    private void KillWarden(RheoProcess agent, Random random)
    {
        Thread.Sleep(random.Next(300)); // also while the new core starts
        var core = agent.CoreId;
        agent.KillAtOnce();
        ExpectNothingLeft(core);
    }

    private void ExpectNothingLeft(int? core)
    {
        var watch = Stopwatch.StartNew();
        while (core is { } process && TwoProcessTests.IsRunning(process) && watch.Elapsed < s_second)
            Thread.Sleep(5);
        Assert.False(core is { } left && TwoProcessTests.IsRunning(left), $"core {core} runs on");
        while (Hooks().Count > 0 && watch.Elapsed < s_second)
            Thread.Sleep(5);
        Assert.Empty(Hooks());
    }

    private List<TcHookEntry> Hooks() => _space.Run(() => NetworkDevices.List()
        .SelectMany(device => TcHook.Query(device.Index, TcDirection.Ingress).Entries.Concat(TcHook.Query(device.Index, TcDirection.Egress).Entries))
        .ToList());

    // New flows all the time, so that slots and rings are written to as well as counters.
    private void Talk()
    {
        using var to = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var address = (IPEndPoint)to.Client.LocalEndPoint!;
        while (!_end.IsCancellationRequested)
        {
            using var from = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
            for (var packet = 0; packet < 20; packet++)
                from.Send([1], address);
            Thread.Sleep(1);
        }
    }
}
