using System.Net;
using System.Net.Sockets;
using Rheo.KernelTests.Links;
using Rheo.Packets;
using Xunit;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>Hostile requests at a running agent, over its port and over its socket: it answers properly, says nothing raw, and goes on.</summary>
public sealed class HostileClientTests : IDisposable
{
    /// <summary>Each eighth of all strings, at the next place each time.</summary>
    private const int Every = 8;

    private readonly string _folder = Directory.CreateTempSubdirectory("rheo-t-").FullName;

    public HostileClientTests() => File.SetUnixFileMode(_folder, (UnixFileMode)0x1ed); // 0755: the core is another user

    private string Path => System.IO.Path.Combine(_folder, "own", "rheo.sock");

    [RootFact]
    public void NeitherThePortNorTheSocketFails()
    {
        using var space = TestNamespace.Create();
        using var agent = RheoProcess.StartAgent(space, "--socket", Path);
        var core = agent.CoreId;

        foreach (var connect in (Func<Socket>[])[ConnectPort, ConnectSocket])
        {
            for (var at = 0; at < HostileText.Count; at += Every)
            {
                // The namespace is the thread's own.
                var answer = space.Run(() => Ask(connect, at));
                Assert.True(answer.Fault() is null, $"'{Text.Printable(HostileText.All[at])}' at {Place(at)}: {answer.Fault()}");
            }
        }

        Assert.Equal(core, agent.CoreId);
        Assert.StartsWith("HTTP/1.1 200", space.Run(() => MetricsPage.Get(9460, "/healthz")), StringComparison.Ordinal);
        Assert.Equal(0, agent.End());
        Assert.Null(HostileText.FirstSteered(agent.Errors));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static int Place(int at) => at / Every % HostileRequests.Places;

    private static HostileAnswer Ask(Func<Socket> connect, int at)
    {
        using var client = connect();
        return HostileAnswer.To(client, at % 3 == 0 ? HostileRequests.Damaged(Place(at), HostileText.All[at], at) : HostileRequests.At(Place(at), HostileText.All[at]));
    }

    private static Socket ConnectPort()
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(IPAddress.Loopback, 9460);
        return client;
    }

    private Socket ConnectSocket()
    {
        var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(new UnixDomainSocketEndPoint(Path));
        return client;
    }
}
