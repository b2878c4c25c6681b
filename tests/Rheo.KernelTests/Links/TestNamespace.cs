using System.Net.NetworkInformation;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Rheo.KernelTests.Links;

/// <summary>A network namespace of one test's own, with nothing in it but <c>lo</c>; gone after the test.</summary>
internal sealed partial class TestNamespace : IDisposable
{
    private const int NewNetwork = 0x4000_0000; // CLONE_NEWNET
    private static int s_count;

    private TestNamespace(string name) => Name = name;

    internal string Name { get; }

    /// <summary>Makes a namespace. IPv6 is off in it, so that nothing is sent but what the test sends.</summary>
    internal static TestNamespace Create()
    {
        var name = $"rheo-t-{Environment.ProcessId}-{Interlocked.Increment(ref s_count)}";
        Shell.Run("ip", "netns", "add", name);
        var made = new TestNamespace(name);
        made.Sysctl("net/ipv6/conf/all/disable_ipv6", "1");
        made.Sysctl("net/ipv6/conf/default/disable_ipv6", "1");
        made.Ip("link set lo up");
        return made;
    }

    /// <summary>
    /// Makes a namespace with a veth pair: <c>left</c> has 10.9.9.1, and <c>right</c> lives in a second namespace with 10.9.9.2.
    /// </summary>
    internal static (TestNamespace Left, TestNamespace Right) CreatePair()
    {
        var (left, right) = (Create(), Create());
        left.IpLines($"link add left type veth peer name right netns {right.Name}", "addr add 10.9.9.1/24 dev left", "link set left up");
        right.IpLines("addr add 10.9.9.2/24 dev right", "link set right up");
        return (left, right);
    }

    /// <summary>Runs <c>ip</c> in the namespace.</summary>
    internal string Ip(string arguments) => Shell.Run("ip", ["-n", Name, .. arguments.Split(' ')]);

    /// <summary>Runs several commands of <c>ip</c> in the namespace, by one process.</summary>
    internal void IpLines(params string[] lines)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(file, lines);
            Ip($"-batch {file}");
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Runs any program in the namespace; its /sys is this one's.</summary>
    internal string Execute(string command)
    {
        var words = command.Split(' ');
        // A process begins in the namespaces of the thread that starts it.
        return Run(() => Shell.Run(words[0], words[1..]));
    }

    /// <summary>Sets one of the namespace's own settings, by its path below <c>/proc/sys</c>.</summary>
    internal void Sysctl(string path, string value) => Run(() => File.WriteAllText($"/proc/sys/{path}", value));

    internal int Ifindex(string device)
    {
        var ifindex = (int)Run(() => if_nametoindex(device));
        return ifindex != 0 ? ifindex : throw new InvalidOperationException($"{Name} has no device {device}");
    }

    /// <summary>Sends pings and waits for the answers: packets in both directions, three each way unless told.</summary>
    internal void Ping(string address = "10.9.9.2", int count = 3) => Run(() =>
    {
        using var ping = new Ping();
        for (var i = 0; i < count; i++)
        {
            var reply = ping.Send(address, 2000);
            if (reply.Status != IPStatus.Success)
                throw new InvalidOperationException($"ping {address} in {Name}: {reply.Status}");
        }
    });

    /// <summary>Runs on a thread of its own that is in this namespace, and rethrows what it throws.</summary>
    internal void Run(Action action) => Run(() =>
    {
        action();
        return 0;
    });

    internal T Run<T>(Func<T> action)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                Enter(Name);
                result = action();
            }
            catch (Exception error)
            {
                failure = ExceptionDispatchInfo.Capture(error);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }

    /// <summary>Moves the calling thread into a namespace.</summary>
    internal static void Enter(string name)
    {
        using var file = File.OpenHandle($"/run/netns/{name}");
        if (setns(file, NewNetwork) != 0)
            throw new InvalidOperationException($"setns {name}: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    public void Dispose() => Shell.Run("ip", "netns", "del", Name);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial uint if_nametoindex(string name);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setns(SafeFileHandle file, int kind);
}
