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
        var made = new NetworkNamespace($"{Prefix}{RunId.Ours}-{role}");
        Command.Run("ip", "netns", "add", made.Name);
        made.Shell("for of in all default; do echo 1 >/proc/sys/net/ipv6/conf/$of/disable_ipv6; done; ip link set lo up");
        return made;
    }

    /// <summary>The namespaces of all runs that have left one, by name.</summary>
    public static IEnumerable<(string Name, RunId Run)> All()
    {
        foreach (var path in Directory.Exists(Folder) ? Directory.EnumerateFiles(Folder, Prefix + "*") : [])
        {
            var name = Path.GetFileName(path);
            if (RunId.TryParse(name[Prefix.Length..].Split('-')[0], out var run))
                yield return (name, run);
        }
    }

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

    private void Enter()
    {
        using var handle = File.OpenHandle(Path.Combine(Folder, Name));
        if (Libc.setns((int)handle.DangerousGetHandle(), Libc.CLONE_NEWNET) != 0)
            throw new BenchException($"setns {Name}: {Marshal.GetLastPInvokeErrorMessage()}");
    }
}
