using Rheo.Bench.Machine;

namespace Rheo.Bench.Traffic;

/// <summary>A client and a server, joined by a veth pair as Linux makes it: with TSO, without NAPI threads.</summary>
internal sealed class Pair : IDisposable
{
    public const string ServerAddress = "10.78.0.2";

    private Pair(NetworkNamespace client, NetworkNamespace server) => (Client, Server) = (client, server);

    public NetworkNamespace Client { get; }

    public NetworkNamespace Server { get; }

    public string ServerDevice { get; } = $"rb{Environment.ProcessId}s";

    public static Pair Create()
    {
        Leftovers.RemoveStale();
        var pair = new Pair(NetworkNamespace.Create("client"), NetworkNamespace.Create("server"));
        var device = $"rb{Environment.ProcessId}c";
        try
        {
            pair.Client.Shell($"ip link add {device} type veth peer name {pair.ServerDevice} netns {pair.Server.Name}");
            pair.Client.Shell($"ip address add 10.78.0.1/24 dev {device} && ip link set {device} up");
            pair.Server.Shell($"ip address add {ServerAddress}/24 dev {pair.ServerDevice} && ip link set {pair.ServerDevice} up");
        }
        catch
        {
            pair.Dispose();
            throw;
        }

        return pair;
    }

    /// <summary>Runs a client to its end and returns what it printed.</summary>
    public string RunClient(params string[] words) => Command.Run(Client.Inside(words));

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
    }
}
