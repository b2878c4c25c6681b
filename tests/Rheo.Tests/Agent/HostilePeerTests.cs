using System.Net.Sockets;
using System.Text;
using Rheo.Agent;
using Rheo.Journal;
using Rheo.Model;
using Xunit;

namespace Rheo.Tests.Agent;

/// <summary>What stands at the socket's path may be anything: a command says so within seconds, and neither hangs nor fails.</summary>
public sealed class HostilePeerTests
{
    private static readonly byte[] Head = "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n\r\n"u8.ToArray();

    [Theory]
    [InlineData("", "is no agent")]
    [InlineData("HTTP/1.1 200", "is no agent")]
    [InlineData("SSH-2.0-OpenSSH\r\n\r\n", "is no agent")]
    [InlineData("HTTP/1.1 404 Not Found\r\n\r\n{\"detail\":\"no \u001b[2J stream\"}", "refuses (404): {")]
    [InlineData("HTTP/1.1 503 Busy\r\n\r\n{\"detail\":\"not now\"}", "refuses (503): not now")]
    [InlineData("HTTP/1.1 500 Oops\r\n\r\n", "does not say why")]
    public void WhatDoesNotSpeakAsAnAgentIsNamedSo(string answer, string expected) => Refuses(Encoding.UTF8.GetBytes(answer), expected);

    [Fact]
    public void AHeadWithoutEndIsNotReadForEver() => Refuses(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nX: " + new string('a', 100_000)), "is no agent");

    [Fact]
    public void AFrameLargerThanAnyIsNotMadeRoomFor() => Refuses([.. Head, 0xff, 0xff, 0xff, 0x7f], "a frame of 2147483647 bytes");

    [Fact]
    public void AFrameThatIsCutIsNoGreeting() => Refuses([.. Head, 100, 0, 0, 0, (byte)'{'], "broke off");

    [Fact]
    public void AnotherVersionIsToldFromAnotherThing() => Refuses([.. Head, .. (new JournalHello() with { Version = 99 }).ToFrame()], "of another version");

    [Fact]
    public void AnotherNetworkNamespaceIsQuietlyLeftAlone()
    {
        var refused = Refuses([.. Head, .. (new JournalHello() with { Namespace = "net:[1]" }).ToFrame()], "another network namespace");
        Assert.True(refused.IsQuiet);
    }

    [Fact]
    public void AnAgentThatWatchesLessIsNotEnough()
    {
        var hello = new JournalHello { Namespace = AgentFit.Namespace, Interfaces = ["eth*"] };
        Refuses([.. Head, .. hello.ToFrame()], "watches some interfaces only: -i eth*");
    }

    [Fact]
    public void SilenceEndsInSeconds() => Refuses(null, "does not answer");

    [Fact]
    public void NonsenseAfterAGoodBeginningEndsTheStreamWithAReason()
    {
        var hello = new JournalHello { Namespace = AgentFit.Namespace }.ToFrame();
        var scan = new JournalRecorder(new ConversationTable(new ConversationTableOptions()), _ => "", _ => { }).Beginning(1, Ledger.Empty, new HashSet<TunnelId>());
        using var peer = new Peer([.. Head, .. hello, .. scan, 3, 0, 0, 0, 99, 1, 2]);

        using var source = RemoteSource.Open(peer.Path, new TrafficSourceOptions());

        while (source.Ended is null)
            source.Poll(TimeSpan.FromMilliseconds(10));
        source.Scan();
        Assert.Contains("cannot be understood", source.Ended, StringComparison.Ordinal);
    }

    private static AgentException Refuses(byte[]? answer, string expected)
    {
        using var peer = new Peer(answer);
        var refused = Assert.Throws<AgentException>(() => RemoteSource.Open(peer.Path, new TrafficSourceOptions()));
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        return refused;
    }

    /// <summary>Answers each connection with the same bytes, and closes; or never answers.</summary>
    private sealed class Peer : IDisposable
    {
        private readonly ScratchFolder _folder = new();
        private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

        public Peer(byte[]? answer)
        {
            _listener.Bind(new UnixDomainSocketEndPoint(Path));
            _listener.Listen();
            _ = answer is null ? Task.CompletedTask : Task.Run(() => Serve(answer));
        }

        public string Path => _folder.Socket;

        public void Dispose()
        {
            _listener.Dispose();
            _folder.Dispose();
        }

        private void Serve(byte[] answer)
        {
            try
            {
                while (true)
                {
                    using var connection = _listener.Accept();
                    connection.Receive(new byte[4096]);
                    connection.Send(answer);
                    connection.Shutdown(SocketShutdown.Send);
                    connection.Receive(new byte[1]);
                }
            }
            catch (SocketException)
            {
                // disposed of, or the other side has gone
            }
        }
    }
}
