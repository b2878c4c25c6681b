using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Rheo.Bench.Interop;
using Rheo.Bench.Machine;
using Rheo.Bench.Traffic;

namespace Rheo.Bench.Observers;

/// <summary><c>rheo agent</c> as a user runs it, but for its own settings: those of this machine's agent are not asked.</summary>
internal sealed class RheoAgent : Observer
{
    private const int MostLooks = 5;

    private const string NoSocket = "none";

    private static readonly TimeSpan LongestLoad = TimeSpan.FromSeconds(5);

    // The namespace has a loopback of its own: the port is free there, whatever listens outside.
    private const string Address = "127.0.0.1:9460";

    private readonly NetworkNamespace _home;
    private readonly string _device;

    /// <summary>Starts it on the CPU that receives.</summary>
    public RheoAgent(RheoProgram program, Wire wire)
        : this(program, wire.Receiver, wire.ReceiverDevice, Core.OnReceiver)
    {
    }

    /// <summary>Starts it where the scheduler likes.</summary>
    /// <param name="program">Which.</param>
    /// <param name="home">Where it runs.</param>
    /// <param name="device">What it watches.</param>
    /// <param name="socket">Where commands may reach it. Nowhere usually: those of the user would find this agent by it.</param>
    public RheoAgent(RheoProgram program, NetworkNamespace home, string device, string socket = NoSocket)
        : this(program, home, device, [], socket)
    {
    }

    private RheoAgent(RheoProgram program, NetworkNamespace home, string device, string[] before, string socket = NoSocket)
        : base(home, [.. before, .. WithoutSettings(), $"RHEO_SOCKET={socket}", .. program.Words, "agent", "-i", device, "--listen", Address])
    {
        (_home, _device) = (home, device);
        Command.Await("rheo agent", IsReady);
        ReadyNs = Clock.NowNs;
        AwaitObjects();
    }

    /// <summary>When it said that it was ready: flows were read. Its other objects come after. Monotonic ns.</summary>
    public long ReadyNs { get; }

    /// <summary>What the agent's own counters say of the device, once all that the kernel has counted has been read.</summary>
    public override long Counted(CancellationToken stop)
    {
        var (before, counted) = (-1L, 0L);
        for (var look = 0; look < MostLooks && before != counted; look++)
        {
            Clock.Sleep(TimeSpan.FromSeconds(1.5), stop); // a scan
            (before, counted) = (counted, Received());
        }

        return counted;
    }

    // It takes away what it has attached, where the kernel does not do it.
    protected override int EndSignal => Libc.SIGTERM;

    private long Received() =>
        (long)Sum("rheo_flow_packets_total", $"network_interface_name=\"{_device}\"", "network_interface_direction=\"receive\"");

    /// <summary>Packets that the agent knows to have lost.</summary>
    public long Lost() => (long)Sum("rheo_lost_packets_total");

    /// <summary>Records of rings that were lost.</summary>
    public long LostRecords() => (long)Sum("rheo_lost_records_total");

    /// <summary>The page of its metrics as it is served, with the head of the answer.</summary>
    public string Metrics() => Get("/metrics");

    /// <summary>The sum of the series of a page whose name begins so and that have all the labels.</summary>
    public static double SumIn(string page, string name, params string[] labels) =>
        page.Split('\n')
            .Where(line => line.StartsWith(name, StringComparison.Ordinal) && labels.All(line.Contains))
            .Sum(line => double.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture));

    // An empty file in the place of the machine's.
    private static string[] WithoutSettings()
    {
        var settings = Scratch.PathOf("agent.yaml");
        File.WriteAllText(settings, "");
        var variables = Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(name => name.StartsWith("RHEO_", StringComparison.Ordinal));

        return ["env", .. variables.SelectMany(name => new[] { "-u", name }), $"RHEO_CONFIG={settings}"];
    }

    private double Sum(string name, params string[] labels) => SumIn(Metrics(), name, labels);

    // The verifier's time is a start's, not a packet's. An object that this kernel cannot load never comes.
    private void AwaitObjects()
    {
        var limit = Clock.NowNs + LongestLoad.Ticks * 100;
        while (Metrics().Split('\n').Any(IsMissingObject) && Clock.NowNs < limit)
            Clock.Sleep(TimeSpan.FromMilliseconds(50));
    }

    private static bool IsMissingObject(string line) =>
        line.StartsWith("rheo_kernel_object_loaded", StringComparison.Ordinal) && line.EndsWith(" 0", StringComparison.Ordinal);

    // 200 only: 503 is an agent that has not scanned yet.
    private bool IsReady()
    {
        ThrowIfEnded();
        try
        {
            return Get("/readyz").StartsWith("HTTP/1.1 200", StringComparison.Ordinal);
        }
        catch (SocketException)
        {
            return false;
        }
    }

    // By hand, since the socket must be made by the thread that is inside the namespace, and an HttpClient makes it where it likes.
    private string Get(string path) => _home.Run(() =>
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(IPEndPoint.Parse(Address));
        socket.Send(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.0\r\nHost: {Address}\r\n\r\n"));
        using var reader = new StreamReader(new NetworkStream(socket));
        return reader.ReadToEnd();
    });
}
