using Rheo.Model;
using Rheo.Model.Owners;

namespace Rheo.Tests.Model;

/// <summary>Owners written down by hand: an endpoint, and whose it is.</summary>
internal sealed class OwnerTable : ISocketOwners
{
    private readonly Dictionary<Endpoint, IReadOnlyList<SocketProcess>> _owners = [];

    public static SocketProcess Curl { get; } = new() { Pid = 4711, Name = "curl", Executable = "/usr/bin/curl", Uid = 1000, Unit = "session-2.scope" };

    public static SocketProcess Nginx { get; } = new()
    {
        Pid = 812, Name = "nginx", Executable = "/usr/sbin/nginx", Uid = 33, Unit = "docker-3f4a.scope",
        Container = "3f4a0c5d9e1b7a6c8d2e4f60718293a4b5c6d7e8f9012a3b4c5d6e7f80910a1b",
    };

    public int Asked { get; private set; }

    public OwnerTable Add(Endpoint end, params SocketProcess[] processes)
    {
        _owners[end] = processes;
        return this;
    }

    public void Remove(Endpoint end) => _owners.Remove(end);

    public IReadOnlyList<SocketProcess> Find(byte protocol, Endpoint local, Endpoint remote, long firstSeenNs, long lastSeenNs)
    {
        Asked++;
        return _owners.TryGetValue(local, out var found) ? found : [];
    }
}
