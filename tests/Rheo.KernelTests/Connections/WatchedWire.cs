using System.Net;
using System.Net.Sockets;
using Rheo.Capture;
using Rheo.KernelTests.Links;
using Rheo.Model.Connections;

namespace Rheo.KernelTests.Connections;

/// <summary>Two namespaces with a cable between them, and every connection in them watched, with a walk each tenth of a second.</summary>
internal sealed class WatchedWire : IDisposable
{
    internal const string Left = "10.9.9.1", Right = "10.9.9.2";
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly ConnectionTable _table = new(new ConnectionTableOptions());
    private readonly TcpCapture _capture;
    private readonly Thread _walker;
    private readonly List<IDisposable> _things = [];
    private readonly uint _clients;
    private readonly uint _servers;
    private volatile bool _stop;

    private WatchedWire(TestNamespace client, TestNamespace server)
    {
        (Client, Server) = (client, server);
        (_clients, _servers) = (Inode(client), Inode(server));
        _capture = TcpCapture.Open(_table);
        _walker = new Thread(Walk) { IsBackground = true };
        _walker.Start();
    }

    internal TestNamespace Client { get; }

    internal TestNamespace Server { get; }

    internal static WatchedWire Create()
    {
        var (left, right) = TestNamespace.CreatePair();
        left.Ping(); // neighbours know each other from here on
        return new WatchedWire(left, right);
    }

    /// <summary>A listener in the server's namespace, closed at the end.</summary>
    internal Socket Listen(int port, int backlog = 16) => Keep(Server.Run(() =>
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Parse(Right), port));
        listener.Listen(backlog);
        return listener;
    }));

    /// <summary>A connection from the client's namespace, closed at the end.</summary>
    internal Socket Connect(int port) => Keep(Client.Run(() =>
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Parse(Right), port);
        return socket;
    }));

    internal T Keep<T>(T thing)
        where T : IDisposable
    {
        _things.Add(thing);
        return thing;
    }

    /// <summary>One packet of so many to the server is dropped, evenly spread by chance.</summary>
    internal void Lose(int percent)
    {
        Server.Execute("nft add table inet rheo");
        Server.Execute("nft add chain inet rheo input { type filter hook input priority 0 ; }");
        Server.Execute($"nft add rule inet rheo input tcp dport 1-65535 numgen random mod 100 < {percent} drop");
    }

    internal void LoseNoMore() => Server.Execute("nft delete table inet rheo");

    /// <summary>Walks at this moment, and does not wait for the next time.</summary>
    internal void WalkNow()
    {
        lock (_table)
            _capture.Walk();
    }

    internal ConnectionSnapshot Snapshot()
    {
        lock (_table)
            return _table.Snapshot(_capture.NowNs);
    }

    /// <summary>The client's end of a connection to a port; the last one if there are several.</summary>
    internal Connection? ClientEnd(int port) => Snapshot().Connections.LastOrDefault(connection =>
        connection.Figures.Remote.Port == port && connection.Figures.Namespace == _clients);

    /// <summary>The server's end.</summary>
    internal Connection? ServerEnd(int port) => Snapshot().Connections.LastOrDefault(connection =>
        connection.Figures.Local.Port == port && connection.Figures.Namespace == _servers);

    internal ListenQueue? Queue(int port) => Snapshot().Queues.LastOrDefault(queue => queue.Local.Port == port && queue.Namespace == _servers);

    /// <summary>Whether it is the client's end of a connection: other tests have the same addresses in other namespaces.</summary>
    internal bool IsClients(Connection connection) => connection.Figures.Namespace == _clients;

    /// <summary>Asks again and again until it is so.</summary>
    internal static T Await<T>(Func<T?> ask, Func<T, bool> isSo)
        where T : class
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            var found = ask();
            if (found is not null && isSo(found))
                return found;
            if (watch.Elapsed > s_patience)
                throw new TimeoutException($"it does not come; the last was {found}");
            Thread.Sleep(50);
        }
    }

    public void Dispose()
    {
        _things.ForEach(thing => thing.Dispose());
        _stop = true;
        _walker.Join();
        _capture.Dispose();
        Client.Dispose();
        Server.Dispose();
    }

    private static uint Inode(TestNamespace space) => uint.Parse(Shell.Run("stat", "-Lc", "%i", $"/run/netns/{space.Name}").Trim());

    private void Walk()
    {
        while (!_stop)
        {
            lock (_table)
                _capture.Walk();
            Thread.Sleep(s_step);
        }
    }
}
