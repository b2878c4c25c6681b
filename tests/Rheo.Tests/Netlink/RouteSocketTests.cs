using Rheo.Bpf;
using Rheo.Bpf.Netlink;
using Xunit;

namespace Rheo.Tests.Netlink;

/// <summary>Several threads at one socket; lists of devices need no right.</summary>
public sealed class RouteSocketTests
{
    private const int Rounds = 300;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void ThreadsThatAskAtTheSameTimeGetEachItsOwnAnswer()
    {
        var socket = RouteSocket.Open();
        var (first, second) = (new Asker(socket), new Asker(socket));

        Assert.Null(first.Result());
        Assert.Null(second.Result());
        socket.Dispose();
    }

    [Fact]
    public void WhoAsksWhileTheSocketIsClosedIsRefused()
    {
        for (var round = 0; round < 30; round++)
        {
            var socket = RouteSocket.Open();
            var asker = new Asker(socket);
            Thread.Sleep(1);
            socket.Dispose();

            if (asker.Result() is { } failure)
                Assert.IsType<BpfException>(failure);
        }
    }

    /// <summary>A thread that asks again and again.</summary>
    private sealed class Asker
    {
        private readonly Thread _thread;
        private Exception? _failure;

        public Asker(RouteSocket socket)
        {
            _thread = new Thread(() => _failure = Record.Exception(() => Ask(socket))) { IsBackground = true };
            _thread.Start();
        }

        /// <summary>What ended it before its time; null: nothing.</summary>
        public Exception? Result()
        {
            Assert.True(_thread.Join(s_patience), "it waits for an answer that another has taken");
            return _failure;
        }

        private static void Ask(RouteSocket socket)
        {
            for (var round = 0; round < Rounds; round++)
                Assert.Contains(NetworkDevices.List(socket), device => device.IsLoopback);
        }
    }
}
