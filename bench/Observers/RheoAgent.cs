using System.Globalization;
using System.Net.Http;
using System.Net.Sockets;
using Rheo.Bench.Machine;
using Rheo.Bench.Traffic;

namespace Rheo.Bench.Observers;

/// <summary>The native `rheo agent`, as a user runs it.</summary>
internal sealed class RheoAgent : Observer
{
    private const string Address = "127.0.0.1:9460";

    private readonly NetworkNamespace _home;
    private readonly string _device;

    /// <summary>Starts it on the core of the observers.</summary>
    public RheoAgent(Wire wire)
        : this(wire.Receiver, wire.ReceiverDevice, ["taskset", "--cpu-list", $"{Core.Sender}"])
    {
    }

    /// <summary>Starts it where the scheduler likes.</summary>
    public RheoAgent(NetworkNamespace home, string device)
        : this(home, device, [])
    {
    }

    private RheoAgent(NetworkNamespace home, string device, string[] before)
        : base(home, [.. before, Binary, "agent", "-i", device, "--listen", Address])
    {
        (_home, _device) = (home, device);
        Command.Await("rheo agent", () => IsReady(home));
    }

    /// <summary>The binary that `./dev build` leaves; RHEO_BINARY names another one.</summary>
    public static string Binary { get; } = Environment.GetEnvironmentVariable("RHEO_BINARY") ?? Path.GetFullPath(Path.Combine(Repository.Root, "artifacts/rheo"));

    /// <summary>What the agent's own counters say of the device, once all that the kernel has counted has been read.</summary>
    public override long? Counted()
    {
        Clock.Sleep(TimeSpan.FromSeconds(2.2)); // two scans
        return (long)Sum("rheo_flow_packets_total", $"network_interface_name=\"{_device}\"", "network_interface_direction=\"receive\"");
    }

    /// <summary>Packets that the agent knows to have lost.</summary>
    public long Lost() => (long)Sum("rheo_lost_packets_total");

    private double Sum(string name, params string[] labels) =>
        Get(_home, "/metrics").Split('\n')
            .Where(line => line.StartsWith(name, StringComparison.Ordinal) && labels.All(line.Contains))
            .Sum(line => double.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture));

    private static bool IsReady(NetworkNamespace home)
    {
        try
        {
            return Get(home, "/readyz").Length >= 0;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    // The connection is made by the thread that asks, which is inside; a pool thread would make it outside.
    private static string Get(NetworkNamespace home, string path) => home.Run(() =>
    {
        using var handler = new SocketsHttpHandler { ConnectCallback = (_, _) => ValueTask.FromResult<Stream>(Connect()) };
        using var client = new HttpClient(handler);
        using var answer = client.Send(new HttpRequestMessage(HttpMethod.Get, $"http://{Address}{path}"));
        answer.EnsureSuccessStatusCode();
        using var reader = new StreamReader(answer.Content.ReadAsStream());
        return reader.ReadToEnd();
    });

    private static NetworkStream Connect()
    {
        var parts = Address.Split(':');
        var client = new TcpClient(AddressFamily.InterNetwork);
        client.Connect(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture));
        return client.GetStream();
    }
}
