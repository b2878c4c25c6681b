using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Rheo.KernelTests.Owners;

/// <summary>Numbers that the kernel gives again: of a process, of a descriptor. Who had it before is not who has it now.</summary>
public sealed class ReusedNumberTests
{
    private const string LastPid = "/proc/sys/kernel/ns_last_pid";

    private static readonly IPEndPoint Loopback = new(IPAddress.Loopback, 0);

    [RootFact]
    public void AProcessNumberThatIsUsedAgainIsAnotherProcess()
    {
        Assert.SkipUnless(File.Exists(LastPid), "needs a kernel with CONFIG_CHECKPOINT_RESTORE");
        using var scene = new Scene();
        using var listener = Talk.Listen(Loopback);
        var to = (IPEndPoint)listener.LocalEndPoint!;
        var (pid, before) = Connect(listener, "before");
        var after = Again(listener, pid);
        Assert.SkipWhen(after is null, "the number could not be had again: others were faster, each time");

        var (first, second) = (Assert.Single(scene.Owners(before, to)), Assert.Single(scene.Owners(after!, to)));

        Assert.Equal((pid, "before"), (first.Pid, first.Name));
        Assert.Equal((pid, "after"), (second.Pid, second.Name));
    }

    [RootFact]
    public void ADescriptorThatIsUsedAgainLeadsToItsNewSocketAlone()
    {
        using var scene = new Scene();
        using var listener = Talk.Listen(Loopback);
        var to = (IPEndPoint)listener.LocalEndPoint!;
        using var actor = Actor.Start("replaced", "127.0.0.1", to.Port.ToString());
        var replaced = actor.First;
        using var accepted = listener.Accept();
        Assert.Equal(actor.Pid, Assert.Single(scene.Owners(replaced, to)).Pid);

        actor.GoOn();
        var now = actor.Local;
        Thread.Sleep(50);
        var since = Scene.NowNs();
        scene.AwaitWalk();

        // The first one ended when its number was given away, although the process and the descriptor are still there.
        Assert.Empty(scene.Owners(replaced, to, sinceNs: since));
        Assert.Equal(actor.Pid, Assert.Single(scene.Owners(now, to, sinceNs: since)).Pid);
    }

    // A process that connects, and has ended when this returns.
    private static (int Pid, IPEndPoint End) Connect(Socket listener, string name)
    {
        var port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        using var process = Process.Start("bash", ["-c", $"printf {name} >/proc/self/comm; exec 3<>/dev/tcp/127.0.0.1/{port}"]);
        process.WaitForExit();
        using var accepted = listener.Accept();
        return (process.Id, (IPEndPoint)accepted.RemoteEndPoint!);
    }

    // The next process gets the number after the last one, unless somebody else starts one in between.
    private static IPEndPoint? Again(Socket listener, int pid)
    {
        for (var turn = 0; turn < 100; turn++)
        {
            File.WriteAllText(LastPid, $"{pid - 1}");
            var (got, end) = Connect(listener, "after");
            if (got == pid)
                return end;
        }

        return null;
    }
}
