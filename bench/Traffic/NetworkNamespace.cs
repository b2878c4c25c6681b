using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Rheo.Bench.Interop;
using Rheo.Bench.Machine;

namespace Rheo.Bench.Traffic;

/// <summary>A network namespace of our own, gone with its devices when disposed of.</summary>
internal sealed class NetworkNamespace : IDisposable
{
    private const string Prefix = "rheo-bench-";
    private const string Folder = "/run/netns";

    private NetworkNamespace(string name) => Name = name;

    public string Name { get; }

    /// <summary>Makes a namespace with its loopback up and without IPv6, whose own neighbour talk would spoil exact counts.</summary>
    public static NetworkNamespace Create(string role)
    {
        var made = new NetworkNamespace($"{Prefix}{Environment.ProcessId}-{role}");
        Command.Run("ip", "netns", "add", made.Name);
        made.Shell("for of in all default; do echo 1 >/proc/sys/net/ipv6/conf/$of/disable_ipv6; done; ip link set lo up");
        return made;
    }

    /// <summary>Removes what runs that were killed have left.</summary>
    public static void RemoveStale() => Remove(owner => !Directory.Exists($"/proc/{owner}"));

    /// <summary>Removes our own, when we are asked to end in the middle.</summary>
    public static void RemoveOurs() => Remove(owner => owner == $"{Environment.ProcessId}");

    /// <summary>The words of a command that runs inside.</summary>
    public string[] Inside(params string[] words) => ["ip", "netns", "exec", Name, .. words];

    public string Shell(string script) => Command.Run(Inside("sh", "-c", script));

    /// <summary>Runs something inside, on a thread of its own: a thread that has entered a namespace is of no other use.</summary>
    public T Run<T>(Func<T> act)
    {
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                Enter();
                result = act();
            }
            catch (Exception thrown)
            {
                failure = ExceptionDispatchInfo.Capture(thrown);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }

    public void Dispose() => Command.Run("ip", "netns", "delete", Name);

    private static void Remove(Func<string, bool> isToGo)
    {
        if (!Directory.Exists(Folder))
            return;
        foreach (var path in Directory.EnumerateFiles(Folder, Prefix + "*"))
        {
            var name = Path.GetFileName(path);
            if (isToGo(name[Prefix.Length..].Split('-')[0]))
                Command.Run("ip", "netns", "delete", name);
        }
    }

    private void Enter()
    {
        using var handle = File.OpenHandle(Path.Combine(Folder, Name));
        if (Libc.setns((int)handle.DangerousGetHandle(), Libc.CLONE_NEWNET) != 0)
            throw new BenchException($"setns {Name}: {Marshal.GetLastPInvokeErrorMessage()}");
    }
}
