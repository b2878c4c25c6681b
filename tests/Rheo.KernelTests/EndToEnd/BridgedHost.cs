using Rheo.KernelTests.Links;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>A client and a server, each in a namespace with eth0, and between them a host that bridges.</summary>
internal sealed class BridgedHost : IDisposable
{
    internal const string ServerAddress = "10.9.9.2";

    internal TestNamespace Client { get; } = TestNamespace.Create();

    internal TestNamespace Host { get; } = TestNamespace.Create();

    internal TestNamespace Server { get; } = TestNamespace.Create();

    internal static BridgedHost Create()
    {
        var host = new BridgedHost();
        try
        {
            host.Host.Ip("link add br0 type bridge");
            host.Host.Ip("link set br0 up");
            host.Connect(host.Client, "toclient", "10.9.9.1/24");
            host.Connect(host.Server, "toserver", ServerAddress + "/24");
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
        Host.Dispose();
    }

    private void Connect(TestNamespace guest, string port, string address)
    {
        Host.Ip($"link add {port} type veth peer name eth0 netns {guest.Name}");
        Host.Execute($"ethtool -K {port} gro on");
        guest.Execute("ethtool -K eth0 gro on");
        Host.Ip($"link set {port} master br0 up");
        guest.Ip($"addr add {address} dev eth0");
        guest.Ip("link set eth0 up");
    }
}
