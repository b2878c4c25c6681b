using System.Diagnostics;
using Rheo.Bench.Interop;
using Rheo.Bench.Machine;

namespace Rheo.Bench.Traffic;

/// <summary>Many open connections over loopback, both ends in processes of our own: as many each as a process may have descriptors.</summary>
internal sealed class SocketCrowd : IDisposable
{
    private const int EachHolds = 7_500; // connections: 15,000 descriptors of the 20,000 that many machines allow

    private const string Script = """
        import resource, signal, socket, sys
        at, count = sys.argv[1], int(sys.argv[2])
        resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
        server = socket.create_server((at, 8080), backlog=64)
        kept = []
        for _ in range(count):
            client = socket.socket()
            client.connect((at, 8080))
            kept.append((client, server.accept()[0]))
        print(len(kept), flush=True)
        signal.pause()
        """;

    private readonly List<Process> _holders = [];

    /// <summary>Ends that are open.</summary>
    public int Count { get; private set; }

    /// <summary>Opens so many sockets, or a few more, in a namespace.</summary>
    /// <exception cref="BenchException">They could not be had.</exception>
    public static SocketCrowd Gather(NetworkNamespace home, int sockets)
    {
        var crowd = new SocketCrowd();
        try
        {
            for (var at = 1; crowd._holders.Count * EachHolds * 2 < sockets; at++)
                crowd._holders.Add(Command.Start(home.Inside("python3", "-c", Script, $"127.0.0.{at}", $"{EachHolds}"), keepOutput: true));
            foreach (var holder in crowd._holders)
                crowd.Count += 2 * Held(holder);
            return crowd;
        }
        catch
        {
            crowd.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var holder in _holders)
        {
            Command.Stop(holder, Libc.SIGKILL);
            holder.Dispose();
        }
    }

    private static int Held(Process holder) =>
        int.TryParse(holder.StandardOutput.ReadLine(), out var held) ? held : throw new BenchException($"no sockets: {holder.StandardError.ReadToEnd().Trim()}");
}
