using System.Text;
using System.Text.Json;
using Rheo.Agent;
using Rheo.Cli;
using Rheo.Terminal;
using Xunit;

namespace Rheo.Tests.Agent;

public sealed class RemoteSourceTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly ScratchFolder _folder = new();
    private readonly MemoryStream _output = new();
    private readonly StringWriter _messages = new();
    private readonly TextWriter _written;

    public RemoteSourceTests() => _written = TextWriter.Synchronized(_messages);

    [Fact]
    public void ACommandCountsWhatFlowsWhileItWatchesThroughTheAgent()
    {
        var talk = 0;
        using var agent = new RunningAgent((source, round) => source.Talk(1001, (ulong)Interlocked.Exchange(ref talk, 0)), _folder.Socket);
        agent.Source!.Talk(1002, 0);
        Volatile.Write(ref talk, 1000);
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref talk) == 0, s_patience));

        using var source = Open();
        Volatile.Write(ref talk, 7);
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref talk) == 0, s_patience));
        source.Scan();

        var one = Assert.Single(Rheo.Tests.Model.Flows.All(source.Conversations));
        Assert.Equal((7UL, 7UL), (one.Sent.Packets, one.Received.Packets));
        Assert.Equal("eth0", source.InterfaceName(2));
        Assert.Equal(["lo (tcx)", "eth0 (tcx)"], source.Attached);
        Assert.Null(source.Ended);
    }

    [Fact]
    public void AnIntervalBeyondWhatAnAgentGrantsIsNoneOfItsBusiness()
    {
        using var agent = new RunningAgent((_, _) => { }, _folder.Socket);
        using var source = RemoteSource.Open(_folder.Socket, new TrafficSourceOptions { ScanInterval = TimeSpan.FromMinutes(2) });

        Assert.Null(source.Ended);
    }

    [Fact]
    public void TheSocketIsForItsOwnerAloneAndGoesWithTheAgent()
    {
        var path = Path.Combine(_folder.Path, "made", "rheo.sock");
        using (new RunningAgent((_, _) => { }, path))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(path)!));
        }

        Assert.False(Directory.Exists(Path.GetDirectoryName(path)));
    }

    [Fact]
    public void ASecondAgentIsToldThatThereIsOne()
    {
        using var agent = new RunningAgent((_, _) => { }, _folder.Socket);

        var failure = Assert.Throws<IOException>(() => new RunningAgent((_, _) => { }, _folder.Socket));

        Assert.Contains("another agent serves", failure.Message, StringComparison.Ordinal);
        Open().Dispose();
    }

    [Fact]
    public void ASocketThatAnAgentLeftBehindIsReplaced()
    {
        using (var left = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, 0))
        {
            var other = _folder.Socket + "x";
            left.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(other));
            File.Move(other, _folder.Socket); // .NET would remove it under its own name
        }

        using var agent = new RunningAgent((_, _) => { }, _folder.Socket);
        Open().Dispose();
    }

    [Fact]
    public void WhenTheAgentEndsWhatWasSeenIsPrintedAndTheReasonSaid()
    {
        var rounds = 0;
        var agent = new RunningAgent(
            (source, round) =>
            {
                source.Talk(1001, 1);
                Volatile.Write(ref rounds, round);
            },
            _folder.Socket);
        var run = Task.Run(() => Run(new FlowsOptions { Output = OutputFormat.Json, Duration = TimeSpan.FromMinutes(5) }));
        Assert.True(SpinWait.SpinUntil(() => Messages.Contains("through the agent", StringComparison.Ordinal), s_patience));
        var seen = Volatile.Read(ref rounds) + 3;
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref rounds) >= seen, s_patience));
        agent.Dispose();

        var failure = Assert.ThrowsAny<IOException>(run.GetAwaiter().GetResult);
        Assert.Contains("the agent has ended", failure.Message, StringComparison.Ordinal);
        var line = Assert.Single(Encoding.UTF8.GetString(_output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(1001, JsonDocument.Parse(line).RootElement.GetProperty("source").GetProperty("port").GetInt32());
    }

    [Fact]
    public void AsManyAsCanWatchAndNoMore()
    {
        using var agent = new RunningAgent((_, _) => { }, _folder.Socket);
        var readers = Enumerable.Range(0, 8).Select(_ => Open()).ToList();

        var refused = Assert.Throws<AgentException>(Open);
        Assert.Contains("as many commands watch", refused.Message, StringComparison.Ordinal);

        foreach (var reader in readers)
            reader.Dispose();
        Assert.True(SpinWait.SpinUntil(() => TryOpen(), s_patience));
        Assert.True(SpinWait.SpinUntil(() => agent.Source!.Journal is null, s_patience)); // nothing is written down while nobody reads
    }

    [Fact]
    public void AnInterfaceThatIsNotThereIsRefusedAsWithoutAnAgent()
    {
        using var agent = new RunningAgent((_, _) => { }, _folder.Socket);
        Assert.Throws<UnknownInterfaceException>(() => RemoteSource.Open(_folder.Socket, new TrafficSourceOptions { Interfaces = ["rheo-none"] }));
    }

    [Fact]
    public void WithoutAnAgentACommandQuietlyWatchesItself()
    {
        var said = new List<string>();
        var open = SourceChooser.Of(AgentChoice.Never, options => new ScriptedSource(options, (_, _) => { }), said.Add);
        Assert.IsType<ScriptedSource>(open(new TrafficSourceOptions()));

        var refused = Assert.Throws<AgentException>(() => RemoteSource.Open(_folder.Socket, new TrafficSourceOptions()));
        Assert.True(refused.IsQuiet, refused.Message);
        Assert.Empty(said);
    }

    public void Dispose() => _folder.Dispose();

    private void Run(FlowsOptions options) => FlowsRun.Run(
        options, opened => RemoteSource.Open(_folder.Socket, opened), _output, Screen.None, _written, CancellationToken.None);

    private string Messages
    {
        get
        {
            // Its methods hold it themselves while they write.
            lock (_written)
                return _messages.ToString();
        }
    }

    private RemoteSource Open() => RemoteSource.Open(_folder.Socket, new TrafficSourceOptions { ScanInterval = TimeSpan.FromMilliseconds(100) });

    private bool TryOpen()
    {
        try
        {
            Open().Dispose();
            return true;
        }
        catch (AgentException)
        {
            return false;
        }
    }
}
